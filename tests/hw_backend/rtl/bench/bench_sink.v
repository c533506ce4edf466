// SPDX-License-Identifier: GPL-3.0-or-later
// Takes COUNT beats and prints "NAME cycle data" for each, then "NAME flag F" for its input `flag`.
// It takes at any time (stall 0), at random times (1), or only some time after it has seen `valid`
// (2); what comes after is let through (a sliding window may begin the next image with zeros).
// Prints "NAME broken" where a beat is withdrawn or changed before it was taken.
module bench_sink #(
    parameter integer WIDTH = 8,
    parameter integer COUNT = 1,
    parameter integer SEED = 1,
    parameter NAME = "sink"
) (
    input  wire             clk,
    input  wire             rst,
    input  wire [1:0]       stall,
    input  wire             valid,
    output reg              ready,
    input  wire [WIDTH-1:0] data,
    input  wire             flag,
    output reg              done
);

  integer count;
  integer cycle;
  reg [15:0] random;
  reg waits;
  reg [WIDTH-1:0] waiting;

  always @(posedge clk) begin
    random <= {random[14:0], random[15] ^ random[13] ^ random[12] ^ random[10]};
    cycle <= cycle + 1;
    waits <= valid && !ready;
    waiting <= data;
    case (stall)
      2'd0: ready <= 1'b1;
      2'd1: ready <= random[0];
      default: ready <= valid && !ready && random[0];
    endcase
    if (rst) begin
      count <= 0;
      cycle <= 0;
      done <= 1'b0;
      ready <= 1'b0;
      waits <= 1'b0;
      random <= SEED[15:0];
    end else begin
      if (waits && (!valid || data != waiting)) $display("%s broken", NAME);
      if (valid && ready && !done) begin
        $display("%s %0d %h", NAME, cycle, data);
        count <= count + 1;
        if (count == COUNT - 1) begin
          done <= 1'b1;
          $display("%s flag %b", NAME, flag);
        end
      end
    end
  end

endmodule
