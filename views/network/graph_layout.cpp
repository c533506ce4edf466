// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/network/graph_layout.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "views/network/graph_lanes.h"

namespace a2q::views {
namespace {

constexpr double kLaneGap = 22;
constexpr double kEdgeLane = 14;  ///< width of a lane that holds edges alone
constexpr double kTrack = 11;     ///< between the cross-pieces of edges in one gap
constexpr double kPort = 16;
constexpr double kRadius = 9;

/// Everything is computed as if data flowed down; flowing to the right swaps the two axes.
struct Frame {
  FlowDirection direction;
  [[nodiscard]] double along(QSizeF size) const {
    return direction == FlowDirection::kDown ? size.height() : size.width();
  }
  [[nodiscard]] double across(QSizeF size) const {
    return direction == FlowDirection::kDown ? size.width() : size.height();
  }
  [[nodiscard]] QPointF point(double across, double along) const {
    return direction == FlowDirection::kDown ? QPointF(across, along) : QPointF(along, across);
  }
  /// Room for a label of a shape beside the beginning of an edge.
  [[nodiscard]] double leastGap() const { return direction == FlowDirection::kDown ? 34 : 84; }
};

/// A bend of an edge in the gap behind a rank: it crosses from one place across to another.
struct Bend {
  std::size_t edge = 0;
  int rank = 0;
  bool leaves = false;  ///< the box behind which it bends is where it comes from
  double from = 0;
  double to = 0;
  double along = 0;
};

class Drawing {
 public:
  Drawing(const std::vector<LayoutBox>& boxes, FlowDirection direction)
      : boxes_(boxes), frame_{direction} {
    std::vector<std::vector<std::size_t>> inputs;
    inputs.reserve(boxes.size());
    for (const LayoutBox& box : boxes) inputs.push_back(box.inputs);
    lanes_ = assignLanes(inputs);
    out_.ranks = lanes_.ranks;
    out_.lanes = lanes_.lanes;
  }

  GraphLayout run() {
    if (boxes_.empty()) return out_;
    placeLanes();
    choosePorts();
    collectBends();
    placeRanks();
    for (std::size_t box = 0; box < boxes_.size(); ++box) placeBox(box);
    placeBends();
    for (std::size_t edge = 0; edge < lanes_.edges.size(); ++edge) draw(edge);
    return out_;
  }

 private:
  void placeLanes();
  void choosePorts();
  void collectBends();
  void addBend(std::size_t edge, int rank, bool leaves, double from, double to);
  void placeRanks();
  void placeBox(std::size_t box);
  void placeBends();
  void draw(std::size_t edge);
  [[nodiscard]] double center(std::size_t box) const {
    return lane_center_[static_cast<std::size_t>(lanes_.lanes[box])];
  }
  [[nodiscard]] int rankOf(std::size_t box) const { return lanes_.ranks[box]; }

  const std::vector<LayoutBox>& boxes_;
  Frame frame_;
  Lanes lanes_;
  std::vector<double> lane_center_;
  std::vector<std::pair<double, double>> ports_;  ///< by edge: across, at both ends
  std::vector<Bend> bends_;
  std::vector<double> rank_begin_;
  std::vector<double> rank_end_;
  GraphLayout out_;
};

void Drawing::placeLanes() {
  std::vector<double> width(static_cast<std::size_t>(lanes_.lane_count), kEdgeLane);
  for (std::size_t box = 0; box < boxes_.size(); ++box) {
    double& lane = width[static_cast<std::size_t>(lanes_.lanes[box])];
    lane = std::max(lane, frame_.across(boxes_[box].size));
  }
  double at = 0;
  for (const double lane : width) {
    lane_center_.push_back(at + lane / 2);
    at += lane + kLaneGap;
  }
}

/// The edge along a box's own lane has the middle of its side; the others stand beside it in the
/// order of their lanes.
void Drawing::choosePorts() {
  ports_.resize(lanes_.edges.size());
  std::map<std::size_t, std::vector<std::size_t>> outgoing;
  std::map<std::size_t, std::vector<std::size_t>> incoming;
  for (std::size_t edge = 0; edge < lanes_.edges.size(); ++edge) {
    outgoing[lanes_.edges[edge].from].push_back(edge);
    incoming[lanes_.edges[edge].to].push_back(edge);
  }
  // Where an edge goes next, seen from one of its ends.
  const auto side = [this](std::size_t edge, bool leaves) {
    const LaneEdge& one = lanes_.edges[edge];
    if (rankOf(one.to) - rankOf(one.from) > 1) return one.lane;
    return lanes_.lanes[leaves ? one.to : one.from];
  };
  const auto spread = [&](std::size_t box, std::vector<std::size_t> edges, bool leaves) {
    std::stable_sort(edges.begin(), edges.end(), [&](std::size_t a, std::size_t b) {
      return side(a, leaves) < side(b, leaves);
    });
    const auto own = std::find_if(edges.begin(), edges.end(), [&](std::size_t edge) {
      return side(edge, leaves) == lanes_.lanes[box];
    });
    const auto middle = own == edges.end() ? static_cast<double>(edges.size() - 1) / 2
                                           : static_cast<double>(own - edges.begin());
    const double room = frame_.across(boxes_[box].size) - 2 * kRadius;
    const double step = std::min(kPort, room / (2 * static_cast<double>(edges.size())));
    for (std::size_t i = 0; i < edges.size(); ++i) {
      const double port = center(box) + (static_cast<double>(i) - middle) * step;
      (leaves ? ports_[edges[i]].first : ports_[edges[i]].second) = port;
    }
  };
  for (const auto& [box, edges] : outgoing) spread(box, edges, true);
  for (const auto& [box, edges] : incoming) spread(box, edges, false);
}

void Drawing::addBend(std::size_t edge, int rank, bool leaves, double from, double to) {
  if (std::abs(from - to) < 0.5) return;
  bends_.push_back({edge, rank, leaves, from, to, 0});
}

void Drawing::collectBends() {
  for (std::size_t edge = 0; edge < lanes_.edges.size(); ++edge) {
    const LaneEdge& one = lanes_.edges[edge];
    const auto [from, to] = ports_[edge];
    if (rankOf(one.to) - rankOf(one.from) == 1) {
      addBend(edge, rankOf(one.from), true, from, to);
      continue;
    }
    const double lane = lane_center_[static_cast<std::size_t>(one.lane)];
    addBend(edge, rankOf(one.from), true, from, lane);
    addBend(edge, rankOf(one.to) - 1, false, lane, to);
  }
  // The farther an edge goes, the nearer to its box it bends: edges of one box do not cross.
  std::stable_sort(bends_.begin(), bends_.end(), [](const Bend& a, const Bend& b) {
    if (a.rank != b.rank) return a.rank < b.rank;
    if (a.leaves != b.leaves) return a.leaves;
    const double a_way = std::abs(a.from - a.to);
    const double b_way = std::abs(b.from - b.to);
    return a.leaves ? a_way > b_way : a_way < b_way;
  });
}

void Drawing::placeRanks() {
  const int last = *std::max_element(lanes_.ranks.begin(), lanes_.ranks.end());
  std::vector<double> depth(static_cast<std::size_t>(last) + 1, 0);
  std::vector<int> bends(depth.size(), 0);
  for (std::size_t box = 0; box < boxes_.size(); ++box) {
    double& rank = depth[static_cast<std::size_t>(rankOf(box))];
    rank = std::max(rank, frame_.along(boxes_[box].size));
  }
  for (const Bend& bend : bends_) ++bends[static_cast<std::size_t>(bend.rank)];
  double at = 0;
  for (std::size_t rank = 0; rank < depth.size(); ++rank) {
    rank_begin_.push_back(at);
    rank_end_.push_back(at + depth[rank]);
    const double tracks = (bends[rank] + 1) * kTrack + 2 * kRadius;
    at += depth[rank] + std::max(frame_.leastGap(), tracks);
  }
  rank_begin_.push_back(at);
}

void Drawing::placeBox(std::size_t box) {
  const QSizeF size = boxes_[box].size;
  const auto rank = static_cast<std::size_t>(rankOf(box));
  const double along = (rank_begin_[rank] + rank_end_[rank] - frame_.along(size)) / 2;
  const double across = center(box) - frame_.across(size) / 2;
  out_.boxes.emplace_back(frame_.point(across, along), size);
}

void Drawing::placeBends() {
  for (std::size_t first = 0; first < bends_.size();) {
    std::size_t last = first;
    while (last < bends_.size() && bends_[last].rank == bends_[first].rank) ++last;
    const auto rank = static_cast<std::size_t>(bends_[first].rank);
    const double gap = rank_begin_[rank + 1] - rank_end_[rank];
    const auto count = static_cast<double>(last - first);
    for (std::size_t i = first; i < last; ++i) {
      bends_[i].along =
          rank_end_[rank] + gap / 2 + (static_cast<double>(i - first) - (count - 1) / 2) * kTrack;
    }
    first = last;
  }
}

void Drawing::draw(std::size_t edge) {
  const LaneEdge& one = lanes_.edges[edge];
  const auto [from, to] = ports_[edge];
  const auto end = [&](std::size_t box, bool leaves) {
    const QRectF rect = out_.boxes[box];
    const QPointF corner = leaves ? rect.bottomRight() : rect.topLeft();
    return frame_.direction == FlowDirection::kDown ? corner.y() : corner.x();
  };
  QPainterPath path(frame_.point(from, end(one.from, true)));
  for (const Bend& bend : bends_) {
    if (bend.edge != edge) continue;
    const double radius = std::min(kRadius, std::abs(bend.to - bend.from) / 2);
    const double turn = bend.to > bend.from ? radius : -radius;
    path.lineTo(frame_.point(bend.from, bend.along - radius));
    path.quadTo(frame_.point(bend.from, bend.along), frame_.point(bend.from + turn, bend.along));
    path.lineTo(frame_.point(bend.to - turn, bend.along));
    path.quadTo(frame_.point(bend.to, bend.along), frame_.point(bend.to, bend.along + radius));
  }
  path.lineTo(frame_.point(to, end(one.to, false)));
  out_.edges.push_back({one.from, one.to, path});
}

}  // namespace

GraphLayout layOut(const std::vector<LayoutBox>& boxes, FlowDirection direction) {
  return Drawing(boxes, direction).run();
}

}  // namespace a2q::views
