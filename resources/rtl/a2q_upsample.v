// SPDX-License-Identifier: GPL-3.0-or-later
// Nearest-neighbour enlargement: every pixel FACTOR times, every row FACTOR times.
//   BITS     bits of a beat
//   FOLDS    beats a pixel
//   WIDTH    pixels of a row that comes
//   FACTOR   >= 2
//   RING     1: a pixel goes round in a shift register, as in a2q_replay
//   BLOCK    1: the row that is given again stands in block memory; 0: where the tool finds fit
// Streams: valid/ready; out_valid does not wait for out_ready; one beat a cycle out. A row is given
// the first time as it comes.
module a2q_upsample #(
    parameter integer BITS = 4,
    parameter integer FOLDS = 1,
    parameter integer WIDTH = 4,
    parameter integer FACTOR = 2,
    parameter integer BLOCK = 0,
    parameter integer RING = 1
) (
    input  wire            clk,
    input  wire            rst,
    input  wire            in_valid,
    output wire            in_ready,
    input  wire [BITS-1:0] in_data,
    output wire            out_valid,
    input  wire            out_ready,
    output wire [BITS-1:0] out_data
);

  wire row_valid;
  wire row_ready;
  wire [BITS-1:0] row_data;
  a2q_replay #(
      .WIDTH(BITS), .LENGTH(WIDTH * FOLDS), .TIMES(FACTOR),
      .RING(WIDTH * FOLDS == 1 ? 1 : 0), .BLOCK(BLOCK)
  ) rows (
      .clk(clk),
      .rst(rst),
      .in_valid(in_valid),
      .in_ready(in_ready),
      .in_data(in_data),
      .out_valid(row_valid),
      .out_ready(row_ready),
      .out_data(row_data)
  );
  a2q_replay #(.WIDTH(BITS), .LENGTH(FOLDS), .TIMES(FACTOR), .RING(RING)) pixels (
      .clk(clk),
      .rst(rst),
      .in_valid(row_valid),
      .in_ready(row_ready),
      .in_data(row_data),
      .out_valid(out_valid),
      .out_ready(out_ready),
      .out_data(out_data)
  );

endmodule
