// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/settings/data_page.h"

#include <QDir>
#include <QHeaderView>
#include <QLabel>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <optional>
#include <vector>

#include "app/workbench/settings/aside.h"
#include "core/data/catalogue.h"
#include "core/data/data_folders.h"
#include "core/data/data_set.h"
#include "views/common/plain_tip.h"

namespace a2q::workbench {
namespace {

using Places = std::vector<std::optional<std::filesystem::path>>;

/// Where each set of the catalogue lies.
Places findAll() {
  Places places;
  places.reserve(catalogue().size());
  for (const CatalogueEntry& entry : catalogue()) {
    DataSpec spec;
    spec.set = entry.set;
    places.push_back(findDataSet(entry.set, dataFolders(spec)));
  }
  return places;
}

QString text(std::string_view words) {
  return QString::fromUtf8(words.data(), static_cast<qsizetype>(words.size()));
}

QString placeText(const CatalogueEntry& entry, const std::optional<std::filesystem::path>& place) {
  if (entry.set == "digits") return DataPage::tr("built in");
  if (place) return QString::fromStdString(place->string());
  if (entry.downloads.empty()) return DataPage::tr("not here; source: %1").arg(text(entry.source));
  return DataPage::tr("not here; a2q data fetch %1").arg(text(entry.set));
}

QLabel* selectable(const QString& words) {
  auto* label = new QLabel(words);
  label->setTextFormat(Qt::PlainText);
  label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  label->setWordWrap(true);
  return label;
}

}  // namespace

DataPage::DataPage(QWidget* parent) : QWidget(parent) {
  const QString root = qEnvironmentVariable("A2Q_DATA_DIR");
  auto* folder =
      selectable(root.isEmpty() ? tr("A2Q_DATA_DIR is not set: only the cache is looked into.")
                                : tr("A2Q_DATA_DIR: %1").arg(QDir::toNativeSeparators(root)));
  folder->setToolTip(
      tr("The environment variable A2Q_DATA_DIR names a folder with a subfolder for "
         "each set. Set it before the program starts."));
  const std::filesystem::path cache_path = cacheFolder({}).parent_path();
  auto* cache = selectable(tr("Cache: %1").arg(QString::fromStdString(cache_path.string())));
  cache->setToolTip(tr("Where 'a2q data fetch SET' puts what it downloads"));
  sets_ = new QTreeWidget;
  sets_->setObjectName(QStringLiteral("data_sets"));
  sets_->setAccessibleName(tr("Known data sets and where they lie"));
  sets_->setToolTip(
      tr("Every set the program knows, and the folder a training would read it from"));
  sets_->setHeaderLabels({tr("Set"), tr("Where"), tr("What")});
  sets_->setRootIsDecorated(false);
  sets_->setUniformRowHeights(true);
  sets_->header()->setStretchLastSection(false);
  sets_->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
  auto* column = new QVBoxLayout(this);
  column->addWidget(folder);
  column->addWidget(cache);
  column->addWidget(sets_, 1);
  look();
}

void DataPage::look() {
  runAside(this, findAll, [this](const Places& places) {
    const auto& entries = catalogue();
    for (std::size_t i = 0; i < entries.size(); ++i) {
      const QStringList cells = {text(entries[i].set), placeText(entries[i], places[i]),
                                 text(entries[i].title)};
      auto* item = new QTreeWidgetItem(sets_, cells);
      for (int column = 0; column < cells.size(); ++column) {
        item->setToolTip(column, views::plainTip(cells[column]));
      }
    }
    Q_EMIT filled();
  });
}

}  // namespace a2q::workbench
