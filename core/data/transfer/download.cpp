// SPDX-License-Identifier: GPL-3.0-or-later
#include <curl/curl.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <memory>
#include <string_view>

#include "core/data/transfer/transfer_functions.h"

namespace a2q {

namespace {

constexpr long kConnectSeconds = 20;
constexpr long kMostRedirects = 5;

struct FreeCurl {
  void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
};

/// What the callbacks of one request share. They are called from C: nothing may be thrown.
struct Session {
  const DownloadRequest& request;
  const std::stop_token& stop;
  const ByteProgress& progress;
  CURL* curl = nullptr;
  int file = -1;
  std::int64_t there = 0;       ///< bytes in the file
  std::int64_t begins_at = -1;  ///< of the part that the server sends, as its header says
  bool body_begun = false;
  int write_problem = 0;          ///< errno
  const char* refusal = nullptr;  ///< why an answer was not taken
  std::array<char, CURL_ERROR_SIZE> message{};
};

long statusOf(CURL* curl) {
  long status = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  return status;
}

/// Notes where the part begins: "Content-Range: bytes 1000-1999/2000".
std::size_t onHeader(char* text, std::size_t, std::size_t count, void* data) {
  auto* session = static_cast<Session*>(data);
  constexpr std::string_view kName = "content-range: bytes ";
  const std::string_view line(text, count);
  if (line.starts_with("HTTP/")) session->begins_at = -1;
  if (line.size() > kName.size() && ::strncasecmp(text, kName.data(), kName.size()) == 0) {
    std::from_chars(text + kName.size(), text + count, session->begins_at);
  }
  return count;
}

/// Decides at the first bytes whether they follow those in the file or replace them.
bool beginBody(Session& session) {
  session.body_begun = true;
  if (statusOf(session.curl) == 206) {
    if (session.begins_at == session.there) return true;
    session.refusal = "the server sent another part of the file than was asked for";
    return false;
  }
  if (::ftruncate(session.file, 0) != 0) {
    session.write_problem = errno;
    return false;
  }
  session.there = 0;
  return true;
}

std::size_t onBody(char* bytes, std::size_t, std::size_t count, void* data) {
  auto& session = *static_cast<Session*>(data);
  if (!session.body_begun && !beginBody(session)) return 0;
  if (session.there + static_cast<std::int64_t>(count) > session.request.most_bytes) {
    session.refusal = "the file is longer than the published one";
    return 0;
  }
  for (std::size_t done = 0; done < count;) {
    const ssize_t written = ::write(session.file, bytes + done, count - done);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      session.write_problem = errno;
      return 0;
    }
    done += static_cast<std::size_t>(written);
    session.there += written;
  }
  return count;
}

int onProgress(void* data, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  const auto& session = *static_cast<Session*>(data);
  curl_off_t left = -1;
  curl_easy_getinfo(session.curl, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &left);
  curl_off_t received = 0;
  curl_easy_getinfo(session.curl, CURLINFO_SIZE_DOWNLOAD_T, &received);
  if (session.progress && session.body_begun) {
    session.progress(session.there, left < 0 ? 0 : session.there - received + left);
  }
  return session.stop.stop_requested() ? 1 : 0;
}

void setOptions(Session& session) {
  CURL* const curl = session.curl;
  const DownloadRequest& request = session.request;
  const bool http_too = request.schemes == Schemes::kHttpsAndHttp;
  curl_easy_setopt(curl, CURLOPT_URL, request.url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, http_too ? "http,https" : "https");
  curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, "https");
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
  curl_easy_setopt(curl, CURLOPT_MAXREDIRS, kMostRedirects);
  curl_easy_setopt(curl, CURLOPT_FAILONERROR, 1L);
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, kConnectSeconds);
  curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
  curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, static_cast<long>(request.stall_seconds));
  curl_easy_setopt(curl, CURLOPT_USERAGENT, "a2q/" A2Q_VERSION);
  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, session.message.data());
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, onHeader);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, &session);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, onBody);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &session);
  curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, onProgress);
  curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &session);
}

tl::unexpected<Error> networkFailure(const Session& session, CURLcode code) {
  const std::string& url = session.request.url;
  std::string cause =
      session.message[0] != '\0' ? session.message.data() : curl_easy_strerror(code);
  std::string remedy;
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_CONNECT:
      remedy =
          "Check the network (behind a proxy: https_proxy), name another place with --from, or "
          "get the files elsewhere and name their folder with --data.";
      break;
    case CURLE_HTTP_RETURNED_ERROR:
      cause = fmt::format("The server answered with HTTP status {}.", statusOf(session.curl));
      remedy = "Try again later, or name another place with --from.";
      break;
    case CURLE_UNSUPPORTED_PROTOCOL:
      cause = "The address, or one it leads to, does not begin with https://.";
      remedy = "Name another place with --from.";
      break;
    case CURLE_OPERATION_TIMEDOUT:
      cause += fmt::format(" ({} bytes are there)", session.there);
      break;
    default: break;
  }
  if (session.refusal != nullptr) {
    cause = std::string(session.refusal) + ".";
    remedy = "Name another place with --from.";
  }
  return fail(ErrorCode::kNetworkFailed, fmt::format("cannot download {}", url), std::move(cause),
              std::move(remedy));
}

tl::unexpected<Error> writeFailure(const DownloadRequest& request, int problem) {
  return fail(ErrorCode::kWriteFailed, fmt::format("cannot write {}", request.part.string()),
              std::strerror(problem));
}

/// One request for what the file lacks.
CURLcode perform(Session& session) {
  session.body_begun = false;
  session.there = ::lseek(session.file, 0, SEEK_END);
  const std::string range = fmt::format("{}-", session.there);
  curl_easy_setopt(session.curl, CURLOPT_RANGE, session.there > 0 ? range.c_str() : nullptr);
  return curl_easy_perform(session.curl);
}

Result<TransferEnd> transfer(Session& session) {
  setOptions(session);
  CURLcode code = perform(session);
  // "Range not satisfiable": the part in the file is not of the file that is there now.
  if (code == CURLE_HTTP_RETURNED_ERROR && statusOf(session.curl) == 416 && session.there > 0 &&
      ::ftruncate(session.file, 0) == 0) {
    code = perform(session);
  }
  if (session.write_problem != 0) return writeFailure(session.request, session.write_problem);
  if (session.stop.stop_requested()) return TransferEnd::kStopped;
  if (code != CURLE_OK) return networkFailure(session, code);
  return TransferEnd::kComplete;
}

}  // namespace

Result<TransferEnd> download(const DownloadRequest& request, const std::stop_token& stop,
                             const ByteProgress& progress) {
  const std::unique_ptr<CURL, FreeCurl> curl(curl_easy_init());
  if (!curl) return fail(ErrorCode::kInternal, "libcurl cannot be started");
  Session session{request, stop, progress};
  session.curl = curl.get();
  session.file = ::open(request.part.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (session.file < 0) return writeFailure(request, errno);
  Result<TransferEnd> end = transfer(session);
  if (::close(session.file) != 0 && end) return writeFailure(request, errno);
  return end;
}

}  // namespace a2q
