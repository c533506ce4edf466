// SPDX-License-Identifier: GPL-3.0-or-later
// Gives each vector of LENGTH beats TIMES times: the first time as it comes, then from what it keeps.
//   WIDTH    bits of a beat
//   LENGTH   beats a vector
//   TIMES    how often, >= 2
//   RING     1: the beats go round in a shift register; 0: they stand in a memory
//   BLOCK    of that memory, as in a2q_ram
// Streams: valid/ready; out_valid does not wait for out_ready. One beat a cycle, without a gap
// between vectors.
module a2q_replay #(
    parameter integer WIDTH = 8,
    parameter integer LENGTH = 2,
    parameter integer TIMES = 2,
    parameter integer RING = 1,
    parameter integer BLOCK = 0
) (
    input  wire             clk,
    input  wire             rst,
    input  wire             in_valid,
    output wire             in_ready,
    input  wire [WIDTH-1:0] in_data,
    output reg              out_valid,
    input  wire             out_ready,
    output wire [WIDTH-1:0] out_data
);

  localparam integer TIME_BITS = $clog2(TIMES);
  wire [TIME_BITS-1:0] pass;
  wire fresh = pass == {TIME_BITS{1'b0}};
  wire free = !out_valid || out_ready;
  wire move = free && (in_valid || !fresh);
  assign in_ready = free && fresh;

  localparam integer BITS = LENGTH > 1 ? $clog2(LENGTH) : 1;
  wire [BITS-1:0] position;
  wire last_beat;
  a2q_counter #(.COUNT(LENGTH)) beats (
      .clk(clk), .rst(rst), .step(move), .value(position), .last(last_beat)
  );
  // verilator lint_off PINCONNECTEMPTY
  a2q_counter #(.COUNT(TIMES)) passes (
      .clk(clk), .rst(rst), .step(move && last_beat), .value(pass), .last()
  );
  // verilator lint_on PINCONNECTEMPTY

  always @(posedge clk)
    if (rst) out_valid <= 1'b0;
    else if (free) out_valid <= in_valid || !fresh;

  generate
    if (RING != 0) begin : g_ring
      // verilator lint_off UNUSED
      wire unused = ^position;
      // verilator lint_on UNUSED
      // The newest beat stands low; the next one is that of LENGTH beats before.
      reg [LENGTH*WIDTH-1:0] kept;
      assign out_data = kept[WIDTH-1:0];
      if (LENGTH == 1) begin : g_one
        always @(posedge clk) if (move && fresh) kept <= in_data;
      end else begin : g_many
        wire [WIDTH-1:0] next = fresh ? in_data : kept[LENGTH*WIDTH-1-:WIDTH];
        always @(posedge clk) if (move) kept <= {kept[0+:(LENGTH-1)*WIDTH], next};
      end
    end else begin : g_memory
      reg direct;
      reg [WIDTH-1:0] passed;
      wire [WIDTH-1:0] stored;
      assign out_data = direct ? passed : stored;
      always @(posedge clk)
        if (move) begin
          direct <= fresh;
          passed <= in_data;
        end
      a2q_ram #(.WIDTH(WIDTH), .DEPTH(LENGTH), .BLOCK(BLOCK)) memory (
          .clk(clk),
          .write(move && fresh),
          .write_address(position),
          .write_data(in_data),
          .read(move && !fresh),
          .read_address(position),
          .read_data(stored)
      );
    end
  endgenerate

endmodule
