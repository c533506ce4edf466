// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/plot_note.h"

#include <QStringList>

#include "views/common/qcustomplot.h"

namespace a2q::views {
namespace {

/// A text item does not wrap.
QString wrapped(const QString& text) {
  constexpr qsizetype kLine = 46;
  QStringList lines{QString()};
  for (const QString& word : text.split(QLatin1Char(' '))) {
    QString& line = lines.back();
    if (!line.isEmpty() && line.size() + word.size() >= kLine) {
      lines << word;
    } else {
      line += line.isEmpty() ? word : QLatin1Char(' ') + word;
    }
  }
  return lines.join(QLatin1Char('\n'));
}

}  // namespace

QCPItemText* addPlotNote(QCustomPlot& plot) {
  auto* note = new QCPItemText(&plot);
  note->position->setType(QCPItemPosition::ptAxisRectRatio);
  note->position->setCoords(0.5, 0.5);
  note->setPositionAlignment(Qt::AlignCenter);
  note->setTextAlignment(Qt::AlignCenter);
  note->setVisible(false);
  note->setSelectable(false);
  return note;
}

void showPlotNote(QCPItemText& note, const QString& text) {
  note.setText(wrapped(text));
  note.setVisible(!text.isEmpty());
}

}  // namespace a2q::views
