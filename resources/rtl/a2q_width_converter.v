// SPDX-License-Identifier: GPL-3.0-or-later
// A stream of IN values a beat becomes one of OUT values a beat, of BITS bits each, in the same
// order. Where neither divides the other it goes through MIDDLE, their least common multiple.
// Streams: valid/ready; out_valid does not wait for out_ready; registered. MIDDLE values take
// max(MIDDLE/IN, MIDDLE/OUT) cycles.
module a2q_width_converter #(
    parameter integer IN = 2,
    parameter integer OUT = 3,
    parameter integer MIDDLE = 6,
    parameter integer BITS = 4
) (
    input  wire                clk,
    input  wire                rst,
    input  wire                in_valid,
    output wire                in_ready,
    input  wire [IN*BITS-1:0]  in_data,
    output wire                out_valid,
    input  wire                out_ready,
    output wire [OUT*BITS-1:0] out_data
);

  generate
    if (MIDDLE == OUT) begin : g_widen
      a2q_widen #(.WIDTH(IN * BITS), .RATIO(OUT / IN)) widen (
          .clk(clk), .rst(rst),
          .in_valid(in_valid), .in_ready(in_ready), .in_data(in_data),
          .out_valid(out_valid), .out_ready(out_ready), .out_data(out_data)
      );
    end else if (MIDDLE == IN) begin : g_narrow
      a2q_narrow #(.WIDTH(OUT * BITS), .RATIO(IN / OUT)) narrow (
          .clk(clk), .rst(rst),
          .in_valid(in_valid), .in_ready(in_ready), .in_data(in_data),
          .out_valid(out_valid), .out_ready(out_ready), .out_data(out_data)
      );
    end else begin : g_both
      wire middle_valid, middle_ready;
      wire [MIDDLE*BITS-1:0] middle;
      a2q_widen #(.WIDTH(IN * BITS), .RATIO(MIDDLE / IN)) widen (
          .clk(clk), .rst(rst),
          .in_valid(in_valid), .in_ready(in_ready), .in_data(in_data),
          .out_valid(middle_valid), .out_ready(middle_ready), .out_data(middle)
      );
      a2q_narrow #(.WIDTH(OUT * BITS), .RATIO(MIDDLE / OUT)) narrow (
          .clk(clk), .rst(rst),
          .in_valid(middle_valid), .in_ready(middle_ready), .in_data(middle),
          .out_valid(out_valid), .out_ready(out_ready), .out_data(out_data)
      );
    end
  endgenerate

endmodule
