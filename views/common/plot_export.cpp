// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/plot_export.h"

#include <QBuffer>
#include <QImage>
#include <QPageSize>
#include <QPdfWriter>
#include <QSvgGenerator>
#include <span>

#include "core/base/atomic_file.h"
#include "views/common/qcustomplot.h"

namespace a2q::views {
namespace {

constexpr int kResolution = 96;  ///< dots per inch of a picture whose units are pixels
constexpr int kTitleRoom = 10;

/// A plot with a heading above it.
struct Sheet {
  QCustomPlot& plot;
  QString title;

  [[nodiscard]] QFont titleFont() const {
    QFont font = plot.font();
    font.setBold(true);
    return font;
  }
  [[nodiscard]] int titleHeight() const {
    return title.isEmpty() ? 0 : QFontMetrics(titleFont()).height() + kTitleRoom;
  }
  [[nodiscard]] QSize size() const { return plot.size() + QSize(0, titleHeight()); }
};

void paint(const Sheet& sheet, QCPPainter& painter) {
  const QPalette palette = sheet.plot.palette();
  painter.fillRect(QRect(QPoint(0, 0), sheet.size()), palette.color(QPalette::Base));
  painter.setFont(sheet.titleFont());
  painter.setPen(palette.color(QPalette::Text));
  painter.drawText(QRect(0, 0, sheet.plot.width(), sheet.titleHeight()), Qt::AlignCenter,
                   sheet.title);
  painter.translate(0, sheet.titleHeight());
  sheet.plot.toPainter(&painter, sheet.plot.width(), sheet.plot.height());
}

bool paintPng(const Sheet& sheet, QBuffer& out) {
  constexpr int kScale = 2;  // sharp on dense screens and on paper
  QImage image(sheet.size() * kScale, QImage::Format_RGB32);
  image.setDevicePixelRatio(kScale);
  QCPPainter painter(&image);
  painter.setMode(QCPPainter::pmNoCaching);
  paint(sheet, painter);
  painter.end();
  return image.save(&out, "PNG");
}

bool paintSvg(const Sheet& sheet, QBuffer& out) {
  QSvgGenerator generator;
  generator.setOutputDevice(&out);
  generator.setTitle(sheet.title);
  generator.setSize(sheet.size());
  generator.setViewBox(QRect(QPoint(0, 0), sheet.size()));
  generator.setResolution(kResolution);
  QCPPainter painter;
  if (!painter.begin(&generator)) return false;
  painter.setMode(QCPPainter::pmVectorized);
  paint(sheet, painter);
  return painter.end();
}

bool paintPdf(const Sheet& sheet, QBuffer& out) {
  constexpr double kPoints = 72.0 / kResolution;
  QPdfWriter writer(&out);
  writer.setTitle(sheet.title);
  writer.setResolution(kResolution);
  writer.setPageSize(QPageSize(QSizeF(sheet.size()) * kPoints, QPageSize::Point, QString(),
                               QPageSize::ExactMatch));
  writer.setPageMargins(QMarginsF());
  QCPPainter painter;
  if (!painter.begin(&writer)) return false;
  painter.setMode(QCPPainter::pmVectorized);
  paint(sheet, painter);
  return painter.end();
}

bool paintAs(PictureKind kind, const Sheet& sheet, QBuffer& out) {
  switch (kind) {
    case PictureKind::kPng: return paintPng(sheet, out);
    case PictureKind::kSvg: return paintSvg(sheet, out);
    case PictureKind::kPdf: break;
  }
  return paintPdf(sheet, out);
}

Status write(const QByteArray& bytes, const QString& path) {
  return writeFileAtomically(
      path.toStdString(),
      std::as_bytes(std::span(bytes.constData(), static_cast<std::size_t>(bytes.size()))));
}

}  // namespace

Status exportPicture(QCustomPlot& plot, const QString& title, PictureKind kind,
                     const QString& path) {
  QBuffer buffer;
  buffer.open(QIODevice::WriteOnly);
  if (!paintAs(kind, Sheet{plot, title}, buffer) || buffer.data().isEmpty()) {
    return fail(ErrorCode::kWriteFailed, "cannot draw " + path.toStdString(),
                "the picture is too large or empty", "make the pane smaller and try again");
  }
  return write(buffer.data(), path);
}

Status exportText(const QString& text, const QString& path) { return write(text.toUtf8(), path); }

}  // namespace a2q::views
