// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/hdf5/tree_image.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "core/project/hdf5/element_types.h"
#include "core/project/hdf5/handle.h"

namespace a2q {
namespace {

tl::unexpected<Error> failed(const std::string& what) {
  return fail(ErrorCode::kInternal, "cannot write " + what + " as HDF5", hdf5Problem());
}

/// A creation list without times, so that equal content gives equal bytes.
Handle creation(hid_t kind) {
  Handle list(H5Pcreate(kind), H5Pclose);
  H5Pset_obj_track_times(list.get(), false);
  return list;
}

Handle spaceOf(const ArrayValue& value) {
  if (value.shape.empty()) return {H5Screate(H5S_SCALAR), H5Sclose};
  const std::vector<hsize_t> extents(value.shape.begin(), value.shape.end());
  return {H5Screate_simple(static_cast<int>(extents.size()), extents.data(), nullptr), H5Sclose};
}

class ImageWriter {
 public:
  explicit ImageWriter(const ObjectPlacement& placement) : placement_(placement) {}

  Status members(hid_t group, const DataTree& tree) {
    if (auto done = attributes(group, tree.attributes); !done) return done;
    for (const auto& [name, array] : tree.arrays) {
      if (auto done = dataset(group, name, array); !done) return done;
    }
    for (const auto& [name, below] : tree.groups) {
      if (auto done = subgroup(group, name, below, {}); !done) return done;
    }
    for (const auto& [name, digest] : tree.objects) {
      if (auto done = object(group, name, digest); !done) return done;
    }
    return {};
  }

 private:
  static Status attributes(hid_t owner, const Attributes& attributes) {
    for (const auto& [name, value] : attributes) {
      const Handle type = storedType(value);
      const Handle space = spaceOf(value);
      Handle made(
          H5Acreate2(owner, name.c_str(), type.get(), space.get(), H5P_DEFAULT, H5P_DEFAULT),
          H5Aclose);
      if (!made.valid()) return failed("the attribute '" + name + "'");
      if (!value.bytes.empty() && H5Awrite(made.get(), type.get(), value.bytes.data()) < 0) {
        return failed("the attribute '" + name + "'");
      }
    }
    return {};
  }

  static Status dataset(hid_t group, const std::string& name, const DataArray& array) {
    const Handle type = storedType(array.value);
    const Handle space = spaceOf(array.value);
    const Handle list = creation(H5P_DATASET_CREATE);
    H5Pset_fill_time(list.get(), H5D_FILL_TIME_NEVER);
    Handle made(H5Dcreate2(group, name.c_str(), type.get(), space.get(), H5P_DEFAULT, list.get(),
                           H5P_DEFAULT),
                H5Dclose);
    if (!made.valid()) return failed("the array '" + name + "'");
    const auto& bytes = array.value.bytes;
    const bool written = bytes.empty() || H5Dwrite(made.get(), type.get(), H5S_ALL, H5S_ALL,
                                                   H5P_DEFAULT, bytes.data()) >= 0;
    if (!written) return failed("the array '" + name + "'");
    return attributes(made.get(), array.attributes);
  }

  Status subgroup(hid_t group, const std::string& name, const DataTree& tree,
                  const Attributes& more) {
    const Handle list = creation(H5P_GROUP_CREATE);
    Handle made(H5Gcreate2(group, name.c_str(), H5P_DEFAULT, list.get(), H5P_DEFAULT), H5Gclose);
    if (!made.valid()) return failed("the group '" + name + "'");
    if (auto done = attributes(made.get(), more); !done) return done;
    return members(made.get(), tree);
  }

  Status object(hid_t group, const std::string& name, const std::string& digest) {
    if (!placement_.folder.empty()) {
      const std::string file = placement_.folder + "/" + digest + ".h5";
      if (H5Lcreate_external(file.c_str(), "/", group, name.c_str(), H5P_DEFAULT, H5P_DEFAULT) < 0)
        return failed("the link '" + name + "'");
      return {};
    }
    auto content = placement_.inside(digest);
    if (!content) return forward(std::move(content));
    return subgroup(group, name, **content, {{kObjectAttribute, textValue(digest)}});
  }

  const ObjectPlacement& placement_;
};

/// Takes the bytes of a file in memory when libhdf5 closes it. H5Fget_file_image() would leave out
/// the user block and give a superblock with a wrong checksum (libhdf5 1.10.8).
class Capture {
 public:
  /// A list of accesses that keeps the file in memory and hands it to this capture.
  [[nodiscard]] Handle access(std::size_t step) {
    Handle list(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
    H5Pset_fapl_core(list.get(), step, false);
    H5Pset_libver_bounds(list.get(), H5F_LIBVER_V110, H5F_LIBVER_V110);
    H5FD_file_image_callbacks_t calls{allocate, copy, resize, release, shareSelf, keepSelf, this};
    H5Pset_file_image_callbacks(list.get(), &calls);
    return list;
  }

  /// Up to the end that the superblock tells; memory is taken in larger steps.
  [[nodiscard]] Result<std::vector<std::byte>> bytes(std::size_t user_block) {
    constexpr std::size_t kEndOfFile = 28;
    std::uint64_t end = 0;
    if (bytes_.size() < user_block + kEndOfFile + sizeof end) return failed("a file");
    std::memcpy(&end, bytes_.data() + user_block + kEndOfFile, sizeof end);
    if (end > bytes_.size()) return failed("a file");
    bytes_.resize(end);
    return std::move(bytes_);
  }

 private:
  static void* allocate(std::size_t size, H5FD_file_image_op_t, void*) { return std::malloc(size); }
  static void* copy(void* to, const void* from, std::size_t size, H5FD_file_image_op_t, void*) {
    return std::memcpy(to, from, size);
  }
  static void* resize(void* memory, std::size_t size, H5FD_file_image_op_t, void* self) {
    static_cast<Capture*>(self)->size_ = size;
    return std::realloc(memory, size);
  }
  static herr_t release(void* memory, H5FD_file_image_op_t moment, void* self) {
    auto* const capture = static_cast<Capture*>(self);
    if (moment == H5FD_FILE_IMAGE_OP_FILE_CLOSE && memory != nullptr) {
      const auto* const start = static_cast<const std::byte*>(memory);
      capture->bytes_.assign(start, start + capture->size_);
    }
    std::free(memory);
    return 0;
  }
  static void* shareSelf(void* self) { return self; }
  static herr_t keepSelf(void*) { return 0; }

  std::size_t size_ = 0;
  std::vector<std::byte> bytes_;
};

}  // namespace

Result<std::vector<std::byte>> treeImage(const DataTree& tree, std::size_t user_block,
                                         const ObjectPlacement& placement) {
  Capture capture;
  // Large enough steps that a large file is not copied for every megabyte.
  constexpr std::uint64_t kLeastStep = 1 << 20;
  const Handle access = capture.access(std::max(kLeastStep, contentBytes(tree)));
  const Handle list = creation(H5P_FILE_CREATE);
  if (user_block > 0) H5Pset_userblock(list.get(), user_block);
  Handle file(H5Fcreate("a2q-in-memory", H5F_ACC_TRUNC, list.get(), access.get()), H5Fclose);
  if (!file.valid()) return failed("a file");
  if (auto written = ImageWriter(placement).members(file.get(), tree); !written) {
    return forward(std::move(written));
  }
  if (!file.close()) return failed("a file");
  return capture.bytes(user_block);
}

}  // namespace a2q
