// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/stored/number_table.h"
#include "core/project/stored/object_parts.h"

namespace a2q {

DataArray seriesTable(const ScalarSeries& series) {
  std::vector<double> values;
  values.reserve(series.rows() * series.columns().size());
  for (std::size_t i = 0; i < series.rows(); ++i) {
    const auto row = series.row(i);
    values.insert(values.end(), row.begin(), row.end());
  }
  return numberTable(values, series.columns());
}

ScalarSeries seriesIn(ObjectReader& object, const std::string& name) {
  const DataArray* array = object.array(name);
  if (array == nullptr) return {};
  const auto columns = columnsOf(*array, name, object);
  const auto values = realsOf(array->value);
  if (!values) object.wrong(name, "its elements are no 64-bit real numbers");
  if (!object.good() || columns.empty()) return {};
  ScalarSeries series(columns);
  const auto rows = std::span(*values);
  for (std::size_t at = 0; at < rows.size(); at += columns.size()) {
    series.append(rows.subspan(at, columns.size()));
  }
  return series;
}

std::vector<EpochRecord> epochsIn(ObjectReader& object, std::optional<Error>& error) {
  const DataArray* array = object.array("epochs");
  if (array == nullptr) return {};
  auto epochs = epochsOf(*array);
  if (epochs) return std::move(*epochs);
  if (!error) error = std::move(epochs).error();
  return {};
}

}  // namespace a2q
