// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <system_error>
#include <tuple>
#include <utility>

#include "core/project/hdf5/hdf5_library.h"
#include "core/project/live/live_columns.h"
#include "core/project/live/live_run.h"
#include "core/project/live/live_texts.h"
#include "core/project/project_file.h"
#include "core/project/project_lane.h"

namespace a2q {
namespace {

namespace fs = std::filesystem;

/// Which file a name leads to; none when there is no such file.
using FileIdentity = std::optional<std::pair<dev_t, ino_t>>;

FileIdentity identityOf(const fs::path& path) {
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0) return std::nullopt;
  return std::pair(info.st_dev, info.st_ino);
}

std::string ownerText(const fs::path& project) {
  const auto owner = projectOwner(project);
  return owner ? owner->text() : std::string();
}

tl::unexpected<Error> nobodyTrains(const fs::path& project, const std::string& owner) {
  return fail(
      ErrorCode::kReadFailed, fmt::format("no run of '{}' can be watched", project.string()),
      owner.empty() ? std::string("nobody trains into the project")
                    : fmt::format("it is open in {}, which does not train", owner),
      fmt::format("Start a run with 'a2q train {0}', or wait for one with 'a2q watch --wait {0}'.",
                  project.string()));
}

tl::unexpected<Error> wrong(const fs::path& file, std::string cause) {
  return fail(ErrorCode::kFileFormat,
              fmt::format("'{}' is no live file of a training", file.string()), std::move(cause),
              "Stop the training, remove the file, and go on with 'a2q resume'.");
}

std::string textIn(const LiveLayout& layout, const char* name) {
  const auto found = layout.texts.find(name);
  return found == layout.texts.end() ? std::string() : found->second;
}

}  // namespace

struct LiveRunReader::Impl {
  fs::path project;
  fs::path file;
  FileIdentity identity;
  std::string owner;
  std::string uuid;
  std::string name;
  Experiment experiment;
  std::vector<LiveLayer> layers;  ///< as they were told last
  std::unique_ptr<LiveSeriesReader> reader;
  std::uint64_t step_rows = 0;
  std::uint64_t epoch_rows = 0;
  std::vector<EpochRecord> held;  ///< epochs whose steps have not all been read
  std::optional<StepReport> last;

  Impl() = default;
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  /// The reader is HDF5, so it ends on the lane.
  ~Impl() {
    projectLane().run([this] { reader.reset(); });
  }

  [[nodiscard]] Status start();
  [[nodiscard]] Status fits() const;
  [[nodiscard]] bool trainerIsGone() const;
  [[nodiscard]] Status readSteps(LiveNews& news);
  [[nodiscard]] Status readEpochs();
  [[nodiscard]] Status readLayers(LiveNews& news);
  void releaseEpochs(LiveNews& news);
};

Status LiveRunReader::Impl::start() {
  owner = ownerText(project);
  identity = identityOf(file);
  if (owner.empty() || !identity) return nobodyTrains(project, owner);
  auto library = openHdf5Library();
  if (!library) return forward(std::move(library));
  auto opened = (*library)->openLive(file);
  if (!opened) return forward(std::move(opened));
  reader = std::move(*opened);
  const LiveLayout& layout = reader->layout();
  if (textIn(layout, live::kOwner) != owner) return nobodyTrains(project, owner);
  uuid = textIn(layout, live::kRunUuid);
  name = textIn(layout, live::kRunName);
  auto parsed = parseExperiment(textIn(layout, live::kSpecification), file.string());
  if (!parsed) return forward(std::move(parsed));
  experiment = std::move(*parsed);
  auto planned = liveLayersOf(experiment);
  if (!planned) return forward(std::move(planned));
  layers = std::move(*planned);
  return fits();
}

Status LiveRunReader::Impl::fits() const {
  const LiveLayout& layout = reader->layout();
  std::size_t channels = 0;
  for (const LiveLayer& layer : layers) channels += layer.l1.size();
  const bool good = layout.columns == stepColumns(layers) &&
                    layout.epoch_columns == epochColumns() && layout.latest_values == channels;
  if (!good) return wrong(file, "its tables do not fit its specification");
  return {};
}

bool LiveRunReader::Impl::trainerIsGone() const {
  return identityOf(file) != identity || ownerText(project) != owner;
}

Status LiveRunReader::Impl::readSteps(LiveNews& news) {
  const auto rows = reader->rowsFrom(step_rows);
  if (!rows) return tl::make_unexpected(rows.error());
  auto steps = stepsOf(*rows, layers.size());
  if (!steps) return forward(std::move(steps));
  step_rows += steps->size();
  news.steps = std::move(*steps);
  if (!news.steps.empty()) last = news.steps.back();
  return {};
}

Status LiveRunReader::Impl::readEpochs() {
  const auto rows = reader->epochRowsFrom(epoch_rows);
  if (!rows) return tl::make_unexpected(rows.error());
  auto epochs = epochsOf(*rows);
  if (!epochs) return forward(std::move(epochs));
  epoch_rows += epochs->size();
  held.insert(held.end(), epochs->begin(), epochs->end());
  return {};
}

/// A long history of steps comes in parts, and an epoch is never told before its steps.
void LiveRunReader::Impl::releaseEpochs(LiveNews& news) {
  const auto complete = [&](const EpochRecord& record) {
    if (news.steps.empty()) return true;
    const auto told = std::tuple(last->phase, last->epoch, last->batch);
    return told >= std::tuple(record.phase, record.epoch, last->batches);
  };
  const auto first_held = std::ranges::find_if_not(held, complete);
  news.epochs.assign(held.begin(), first_held);
  held.erase(held.begin(), first_held);
}

Status LiveRunReader::Impl::readLayers(LiveNews& news) {
  const auto values = reader->latest();
  if (!values) return tl::make_unexpected(values.error());
  auto value = values->begin();
  bool newer = false;
  for (LiveLayer& layer : layers) {
    if (values->empty()) return {};
    const auto end = value + static_cast<std::ptrdiff_t>(layer.l1.size());
    newer = newer || !std::equal(value, end, layer.l1.begin());
    layer.l1.assign(value, end);
    value = end;
  }
  if (newer) news.layers = layers;
  return {};
}

LiveRunReader::LiveRunReader(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
LiveRunReader::LiveRunReader(LiveRunReader&&) noexcept = default;
LiveRunReader& LiveRunReader::operator=(LiveRunReader&&) noexcept = default;
LiveRunReader::~LiveRunReader() = default;

Result<LiveRunReader> LiveRunReader::open(const fs::path& project) {
  std::error_code ignored;
  auto impl = std::make_unique<Impl>();
  impl->project = project;
  impl->file = livePathOf(fs::weakly_canonical(project, ignored));
  auto started = projectLane().run([&] { return impl->start(); });
  if (!started) return forward(std::move(started));
  return LiveRunReader(std::move(impl));
}

const std::string& LiveRunReader::runUuid() const { return impl_->uuid; }
const std::string& LiveRunReader::runName() const { return impl_->name; }
const Experiment& LiveRunReader::experiment() const { return impl_->experiment; }

Result<LiveNews> LiveRunReader::poll() {
  return projectLane().run([this]() -> Result<LiveNews> {
    LiveNews news;
    // Asked first: what the trainer wrote before it went is then read below.
    const bool gone = impl_->trainerIsGone();
    if (auto read = impl_->readEpochs(); !read) return forward(std::move(read));
    if (auto read = impl_->readSteps(news); !read) return forward(std::move(read));
    if (auto read = impl_->readLayers(news); !read) return forward(std::move(read));
    impl_->releaseEpochs(news);
    news.ended = gone && news.steps.empty() && news.epochs.empty();
    return news;
  });
}

}  // namespace a2q
