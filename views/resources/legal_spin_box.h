// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSpinBox>
#include <cstdint>
#include <vector>

namespace a2q::views {

/// A spin box that knows only the values of a list: it steps along them, and takes the nearest one
/// for a number that is none of them.
class LegalSpinBox : public QSpinBox {
  Q_OBJECT

 public:
  explicit LegalSpinBox(QWidget* parent = nullptr);

  /// Ascending, at least one, each within int; `value` is one of them. Emits nothing.
  void showValues(std::vector<std::int64_t> legal, std::int64_t value);
  [[nodiscard]] const std::vector<std::int64_t>& legal() const { return legal_; }

  void stepBy(int steps) override;
  void fixup(QString& input) const override;

 protected:
  QValidator::State validate(QString& input, int& at) const override;
  [[nodiscard]] StepEnabled stepEnabled() const override;

 private:
  [[nodiscard]] std::int64_t nearest(std::int64_t value) const;
  [[nodiscard]] std::ptrdiff_t place() const;

  std::vector<std::int64_t> legal_{1};
};

}  // namespace a2q::views
