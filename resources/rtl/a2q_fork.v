// SPDX-License-Identifier: GPL-3.0-or-later
// One stream of WIDTH bits to two takers, who may take a beat at different times; the next one is
// taken in when both have, or do in this cycle.
// Streams: valid/ready, one beat a cycle; no valid waits for a ready; registered.
module a2q_fork #(
    parameter integer WIDTH = 8
) (
    input  wire             clk,
    input  wire             rst,
    input  wire             in_valid,
    output wire             in_ready,
    input  wire [WIDTH-1:0] in_data,
    output reg              left_valid,
    input  wire             left_ready,
    output wire [WIDTH-1:0] left_data,
    output reg              right_valid,
    input  wire             right_ready,
    output wire [WIDTH-1:0] right_data
);

  reg [WIDTH-1:0] beat;
  assign left_data = beat;
  assign right_data = beat;
  assign in_ready = (!left_valid || left_ready) && (!right_valid || right_ready);

  always @(posedge clk) begin
    if (in_valid && in_ready) beat <= in_data;
    if (rst) begin
      left_valid <= 1'b0;
      right_valid <= 1'b0;
    end else if (in_ready) begin
      left_valid <= in_valid;
      right_valid <= in_valid;
    end else begin
      if (left_ready) left_valid <= 1'b0;
      if (right_ready) right_valid <= 1'b0;
    end
  end

endmodule
