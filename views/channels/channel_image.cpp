// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/channels/channel_image.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace a2q::views {
namespace {

/// What a column of pixels shows of a row.
enum class Cell : std::uint8_t { kNone, kGap, kFine, kOver };

struct Strip {
  std::vector<QRgb> colors;
  std::vector<Cell> cells;
};

constexpr double kWidthWithGaps = 7;  ///< pixels of a cell from which gaps are drawn
constexpr int kHeightWithGaps = 5;

/// The cells [first, last] whose places a column of pixels covers; at least the one in its middle.
struct Covered {
  int first;
  int last;
};

Covered coveredBy(int x, const GridWindow& window, double cells_a_pixel) {
  const double from = window.cells.lower + x * cells_a_pixel;
  if (cells_a_pixel <= 1) {
    const int middle = static_cast<int>(std::floor(from + cells_a_pixel / 2 + 0.5));
    return {middle, middle};
  }
  // Neighbouring columns share no cell and leave none out.
  const int first = static_cast<int>(std::ceil(from));
  return {first, std::max(first, static_cast<int>(std::ceil(from + cells_a_pixel)) - 1)};
}

Strip stripOf(const ChannelGrid& grid, const ChannelRow& row, const GridWindow& window,
              const ChannelColors& colors, const ImageInk& ink, int width) {
  Strip strip{std::vector<QRgb>(static_cast<std::size_t>(width), ink.nothing),
              std::vector<Cell>(static_cast<std::size_t>(width), Cell::kNone)};
  const double cells_a_pixel = window.cells.size() / width;
  const auto count = static_cast<int>(row.channels.size());
  int before = -1;
  for (int x = 0; x < width; ++x) {
    const auto at = static_cast<std::size_t>(x);
    const Covered covered = coveredBy(x, window, cells_a_pixel);
    const int first = std::max(covered.first, 0);
    const int last = std::min(covered.last, count - 1);
    if (first > last) continue;
    const bool new_cell = first != before && cells_a_pixel * kWidthWithGaps <= 1;
    before = first;
    if (new_cell) {
      strip.colors[at] = ink.gap;
      strip.cells[at] = Cell::kGap;
      continue;
    }
    std::uint32_t worst = row.channels[static_cast<std::size_t>(first)];
    bool over = false;
    for (int cell = first; cell <= last; ++cell) {
      const std::uint32_t channel = row.channels[static_cast<std::size_t>(cell)];
      if (grid.worse(row.values[channel], row.values[worst])) worst = channel;
      over = over || row.over[channel] != 0;
    }
    strip.colors[at] = colors.of(row.values[worst]);
    strip.cells[at] = over ? Cell::kOver : Cell::kFine;
  }
  return strip;
}

void paintHatch(const Strip& strip, const ImageInk& ink, int y, int top, int bottom, QRgb* line) {
  constexpr int kStripe = 5;
  constexpr int kBright = 110;
  for (std::size_t x = 0; x < strip.cells.size(); ++x) {
    if (strip.cells[x] != Cell::kOver) continue;
    const auto is_over = [&](std::size_t at) {
      return at < strip.cells.size() && strip.cells[at] == Cell::kOver;
    };
    const bool edge = y == top || y == bottom || !is_over(x + 1) || x == 0 || !is_over(x - 1);
    if (!edge && (static_cast<int>(x) + y) % kStripe != 0) continue;
    line[x] = qGray(line[x]) > kBright ? ink.hatch_on_bright : ink.hatch_on_dark;
  }
}

}  // namespace

QImage channelImage(const ChannelGrid& grid, const GridWindow& window, const ChannelColors& colors,
                    const ImageInk& ink, QSize size) {
  QImage image(size, QImage::Format_RGB32);
  image.fill(ink.gap);
  if (size.isEmpty() || grid.rows.empty()) return image;
  const double pixels_a_row = size.height() / window.rows.size();
  for (std::size_t r = 0; r < grid.rows.size(); ++r) {
    const auto place = [&](double row) {
      return static_cast<int>(std::lround((row - window.rows.lower) * pixels_a_row));
    };
    const int from = place(static_cast<double>(r) + 0.5);
    const int to = std::max(place(static_cast<double>(r) + 1.5), from + 1);
    const int bottom = (to - from >= kHeightWithGaps ? to - 1 : to) - 1;
    if (bottom < 0 || from >= size.height()) continue;
    const Strip strip = stripOf(grid, grid.rows[r], window, colors, ink, size.width());
    const bool any_over =
        std::find(strip.cells.begin(), strip.cells.end(), Cell::kOver) != strip.cells.end();
    for (int y = std::max(from, 0); y <= std::min(bottom, size.height() - 1); ++y) {
      auto* line = reinterpret_cast<QRgb*>(image.scanLine(y));
      std::memcpy(line, strip.colors.data(), strip.colors.size() * sizeof(QRgb));
      if (any_over) paintHatch(strip, ink, y, from, bottom, line);
    }
  }
  return image;
}

}  // namespace a2q::views
