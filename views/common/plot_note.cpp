// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/plot_note.h"

#include <QFontMetrics>
#include <QStringList>

#include "views/common/qcustomplot.h"

namespace a2q::views {
namespace {

/// Breaks its text into lines as wide as the plot; a text item of QCustomPlot does not.
class WrappedNote : public QCPItemText {
 public:
  using QCPItemText::QCPItemText;

 protected:
  void draw(QCPPainter* painter) override {
    setText(wrapped());
    QCPItemText::draw(painter);
  }

 private:
  [[nodiscard]] QString wrapped() const {
    constexpr int kInset = 8;
    const int width = parentPlot()->axisRect()->width() - 2 * kInset;
    const QFontMetrics metrics(font());
    QStringList lines{QString()};
    for (const QString& word : text().simplified().split(QLatin1Char(' '))) {
      QString& line = lines.back();
      const QString longer = line.isEmpty() ? word : line + QLatin1Char(' ') + word;
      if (line.isEmpty() || metrics.horizontalAdvance(longer) <= width) {
        line = longer;
      } else {
        lines << word;
      }
    }
    return lines.join(QLatin1Char('\n'));
  }
};

}  // namespace

QCPItemText* addPlotNote(QCustomPlot& plot) {
  auto* note = new WrappedNote(&plot);
  note->position->setType(QCPItemPosition::ptAxisRectRatio);
  note->position->setCoords(0.5, 0.5);
  note->setPositionAlignment(Qt::AlignCenter);
  note->setTextAlignment(Qt::AlignCenter);
  note->setVisible(false);
  note->setSelectable(false);
  return note;
}

void showPlotNote(QCPItemText& note, const QString& text) {
  note.setText(text);
  note.setVisible(!text.isEmpty());
}

}  // namespace a2q::views
