// SPDX-License-Identifier: GPL-3.0-or-later
// Depth to space: CHANNELS·FACTOR² channels of a pixel become FACTOR × FACTOR pixels of CHANNELS
// channels; the value of channel c·FACTOR² + i·FACTOR + j goes to row i, column j, channel c.
//   BITS      bits of a value; one value a beat
//   CHANNELS  that are given
//   WIDTH     pixels of a row that comes
//   FACTOR    >= 2
//   BLOCK     as in a2q_ram
// Two rows of what comes are kept: one is written while FACTOR rows are given from the other.
// Streams: valid/ready; out_valid does not wait for out_ready; one value a cycle in, one out.
module a2q_pixel_shuffle #(
    parameter integer BITS = 4,
    parameter integer CHANNELS = 1,
    parameter integer WIDTH = 4,
    parameter integer FACTOR = 2,
    parameter integer BLOCK = 0
) (
    input  wire            clk,
    input  wire            rst,
    input  wire            in_valid,
    output wire            in_ready,
    input  wire [BITS-1:0] in_data,
    output reg             out_valid,
    input  wire            out_ready,
    output wire [BITS-1:0] out_data
);

  localparam integer SQUARE = FACTOR * FACTOR;
  localparam integer PIXEL = CHANNELS * SQUARE;
  localparam integer ROW = WIDTH * PIXEL;
  localparam integer DEPTH = 2 * ROW;
  localparam integer AW = $clog2(DEPTH);

  // How far the place that is read moves: to the next channel, column inside a pixel, pixel, row
  // inside a pixel, and to the next row that came.
  localparam integer TO_CHANNEL = SQUARE;
  localparam integer TO_COLUMN = 1 - (CHANNELS - 1) * SQUARE;
  localparam integer TO_PIXEL = PIXEL - (CHANNELS - 1) * SQUARE - (FACTOR - 1);
  localparam integer TO_LINE = 1 - (WIDTH - 1) * PIXEL - (CHANNELS - 1) * SQUARE;
  localparam integer TO_ROW = 1;
  // The same steps round the ring, 0 ... DEPTH - 1.
  localparam integer RING_COLUMN = (TO_COLUMN + DEPTH) % DEPTH;
  localparam integer RING_LINE = (TO_LINE + DEPTH) % DEPTH;

  wire load;
  wire channel_last, column_last, pixel_last, line_last;
  wire column_step = load && channel_last;
  wire pixel_step = column_step && column_last;
  wire line_step = pixel_step && pixel_last;
  // verilator lint_off PINCONNECTEMPTY
  a2q_counter #(.COUNT(CHANNELS)) channels (
      .clk(clk), .rst(rst), .step(load), .value(), .last(channel_last)
  );
  a2q_counter #(.COUNT(FACTOR)) columns (
      .clk(clk), .rst(rst), .step(column_step), .value(), .last(column_last)
  );
  a2q_counter #(.COUNT(WIDTH)) pixels (
      .clk(clk), .rst(rst), .step(pixel_step), .value(), .last(pixel_last)
  );
  a2q_counter #(.COUNT(FACTOR)) lines (
      .clk(clk), .rst(rst), .step(line_step), .value(), .last(line_last)
  );
  // verilator lint_on PINCONNECTEMPTY
  reg [AW-1:0] step;
  always @* begin
    step = TO_CHANNEL[AW-1:0];
    if (channel_last && column_last && pixel_last && line_last) step = TO_ROW[AW-1:0];
    else if (channel_last && column_last && pixel_last) step = RING_LINE[AW-1:0];
    else if (channel_last && column_last) step = TO_PIXEL[AW-1:0];
    else if (channel_last) step = RING_COLUMN[AW-1:0];
  end

  // Whole rows that are kept, 0 ... 2.
  reg [1:0] rows;
  wire written, row_written;
  wire row_given = line_step && line_last;
  assign in_ready = !rows[1];
  assign written = in_valid && in_ready;
  assign load = (!out_valid || out_ready) && rows != 2'd0;
  // verilator lint_off PINCONNECTEMPTY
  a2q_counter #(.COUNT(ROW)) values (
      .clk(clk), .rst(rst), .step(written), .value(), .last(row_written)
  );
  // verilator lint_on PINCONNECTEMPTY

  localparam integer LAST = DEPTH - 1;
  reg [AW-1:0] write_address;
  reg [AW-1:0] read_address;
  wire [AW:0] sum = {1'b0, read_address} + {1'b0, step};
  wire [AW:0] wrapped = sum - DEPTH[AW:0];
  always @(posedge clk) begin
    if (rst) begin
      rows <= 2'd0;
      out_valid <= 1'b0;
      write_address <= {AW{1'b0}};
      read_address <= {AW{1'b0}};
    end else begin
      rows <= rows + {1'b0, written && row_written} - {1'b0, row_given};
      if (!out_valid || out_ready) out_valid <= rows != 2'd0;
      if (written)
        write_address <= write_address == LAST[AW-1:0] ? {AW{1'b0}} : write_address + 1'b1;
      if (load) read_address <= wrapped[AW] ? sum[AW-1:0] : wrapped[AW-1:0];
    end
  end

  a2q_ram #(.WIDTH(BITS), .DEPTH(DEPTH), .BLOCK(BLOCK)) kept (
      .clk(clk),
      .write(written),
      .write_address(write_address),
      .write_data(in_data),
      .read(load),
      .read_address(read_address),
      .read_data(out_data)
  );

endmodule
