// SPDX-License-Identifier: GPL-3.0-or-later
#include <chrono>
#include <mutex>
#include <system_error>
#include <utility>

#include "core/base/log.h"
#include "core/project/hdf5/hdf5_library.h"
#include "core/project/live/live_columns.h"
#include "core/project/live/live_run.h"
#include "core/project/live/live_texts.h"
#include "core/project/project_file.h"
#include "core/project/project_lane.h"

namespace a2q {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

/// How often a block goes to the lane.
constexpr std::chrono::milliseconds kInterval(250);

}  // namespace

struct LiveRunWriter::Impl {
  /// What has come and waits to be written.
  struct Block {
    std::vector<double> steps;
    std::vector<EpochRecord> epochs;
    std::vector<std::int64_t> latest;
  };

  fs::path file;
  std::vector<LiveLayer> layers;
  std::size_t channels = 0;

  std::mutex mutex;  ///< guards the four below
  Block waiting;
  Clock::time_point handed_over{};
  bool queued = false;
  bool silent = false;  ///< after an error

  std::unique_ptr<LiveSeriesWriter> writer;  ///< of the lane alone

  void create(const LiveLayout& layout);
  void writeWaiting();
  void remove();
  void silence(const Error& error);
  [[nodiscard]] Status write(const Block& block) const;
  /// Whether the caller has to post writeWaiting().
  [[nodiscard]] bool due(Clock::time_point now);
};

void LiveRunWriter::Impl::silence(const Error& error) {
  {
    const std::lock_guard lock(mutex);
    silent = true;
    waiting = {};
  }
  log(LogLevel::kWarning, "The training goes on, but cannot be watched. " + describe(error));
}

void LiveRunWriter::Impl::create(const LiveLayout& layout) {
  auto library = openHdf5Library();
  if (!library) return silence(library.error());
  auto made = (*library)->createLive(file, layout);
  if (!made) return silence(made.error());
  writer = std::move(*made);
}

Status LiveRunWriter::Impl::write(const Block& block) const {
  if (auto done = writer->append(block.steps); !done) return done;
  if (!block.latest.empty()) {
    if (auto done = writer->replaceLatest(block.latest); !done) return done;
  }
  return writer->appendEpochs(epochRows(block.epochs));
}

void LiveRunWriter::Impl::writeWaiting() {
  Block block;
  {
    const std::lock_guard lock(mutex);
    queued = false;
    std::swap(block, waiting);
    if (silent) return;
  }
  if (auto done = write(block); !done) {
    silence(done.error());
    remove();
  }
}

void LiveRunWriter::Impl::remove() {
  if (writer == nullptr) return;
  writer.reset();
  std::error_code ignored;
  fs::remove(file, ignored);
}

bool LiveRunWriter::Impl::due(Clock::time_point now) {
  if (now - handed_over < kInterval || queued) return false;
  handed_over = now;
  queued = true;
  return true;
}

LiveRunWriter::LiveRunWriter(fs::path project, std::string run_uuid, std::string run_name,
                             const Experiment& experiment)
    : impl_(std::make_shared<Impl>()) {
  impl_->file = livePathOf(project);
  auto layers = liveLayersOf(experiment);
  if (!layers) {
    impl_->silence(layers.error());
    return;
  }
  impl_->layers = std::move(*layers);
  for (const LiveLayer& layer : impl_->layers) impl_->channels += layer.l1.size();
  const auto owner = projectOwner(project);
  LiveLayout layout{{{live::kRunUuid, std::move(run_uuid)},
                     {live::kRunName, std::move(run_name)},
                     {live::kSpecification, writeExperiment(experiment)},
                     {live::kOwner, owner ? owner->text() : std::string()}},
                    stepColumns(impl_->layers),
                    epochColumns(),
                    impl_->channels};
  projectLane().post([impl = impl_, layout = std::move(layout)] { impl->create(layout); });
}

LiveRunWriter::~LiveRunWriter() {
  projectLane().run([this] {
    impl_->writeWaiting();
    impl_->remove();
  });
}

void LiveRunWriter::onStep(const StepReport& report) {
  const std::lock_guard lock(impl_->mutex);
  if (impl_->silent) return;
  addStepRow(impl_->waiting.steps, report, impl_->layers.size());
  if (impl_->due(Clock::now())) projectLane().post([impl = impl_] { impl->writeWaiting(); });
}

void LiveRunWriter::onEpoch(const EpochRecord& record) {
  const std::lock_guard lock(impl_->mutex);
  if (impl_->silent) return;
  impl_->waiting.epochs.push_back(record);
  // What an epoch brought is worth a write of its own: the next step may be long in coming.
  if (std::exchange(impl_->queued, true)) return;
  projectLane().post([impl = impl_] { impl->writeWaiting(); });
}

void LiveRunWriter::onSnapshot(const std::vector<LayerSnapshot>& layers) {
  std::vector<std::int64_t> latest;
  latest.reserve(impl_->channels);
  for (const LayerSnapshot& layer : layers) {
    for (const SignedSums& sums : layer.channels) latest.push_back(sums.l1());
  }
  if (latest.size() != impl_->channels) return;
  const std::lock_guard lock(impl_->mutex);
  if (!impl_->silent) impl_->waiting.latest = std::move(latest);
}

}  // namespace a2q
