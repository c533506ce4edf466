// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace a2q::test {

/// What the server has at a path, and how it misbehaves there.
struct Resource {
  std::string body = {};
  int status = 200;
  bool ranges = true;           ///< false: every request gets all from the start
  std::int64_t cut_after = -1;  ///< bytes of the body, then the connection is closed
  int cuts = 0;                 ///< so many answers are cut, the later ones are whole
  bool stalls = false;          ///< nothing more after the cut, but the connection stays
  std::string location = {};    ///< of a redirect
};

/// A request that came: its path and the first byte asked for, 0 without a range.
struct Request {
  std::string path;
  std::int64_t from = 0;
  bool operator==(const Request&) const = default;
};

/// A small HTTP server on a free port of this machine, for as long as it lives.
class HttpServer {
 public:
  HttpServer();
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  /// "http://127.0.0.1:PORT/".
  [[nodiscard]] std::string address() const;

  void serve(const std::string& path, Resource resource);

  [[nodiscard]] std::vector<Request> requests();

 private:
  void run(const std::stop_token& stop);
  void answer(int connection, const std::stop_token& stop);

  int listener_ = -1;
  int port_ = 0;
  std::mutex mutex_;
  std::map<std::string, Resource> resources_;
  std::vector<Request> requests_;
  std::jthread thread_;
};

}  // namespace a2q::test
