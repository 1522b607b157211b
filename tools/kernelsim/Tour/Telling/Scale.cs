using KernelSim.Tool.Story.Traces;

namespace KernelSim.Tool.Tour.Telling;

/// <summary>How a range of memory maps onto the cells of a strip: a power of two bytes each, never a fraction.</summary>
/// <param name="Start">Address of the first cell.</param>
/// <param name="BytesPerCell">Bytes per cell.</param>
internal readonly record struct Scale(ulong Start, ulong BytesPerCell)
{
    /// <summary>Columns of a line that are no cells: the indentation, the longest label, and the bar that closes the lane.</summary>
    private const int Margin = 21;

    /// <summary>Cells of a lane on a page.</summary>
    public const int PageCells = 100 - Margin;

    /// <summary>Cells of a lane that fit a line.</summary>
    /// <param name="columns">Columns of the line.</param>
    public static int CellsIn(int columns) => columns - Margin;

    /// <summary>The finest scale at which a stretch fits a lane.</summary>
    public static Scale Fit(ulong start, ulong end, int cells, ulong finest = 1)
    {
        ulong bytes = finest;
        while ((end - start + bytes - 1) / bytes > (ulong)cells)
        {
            bytes *= 2;
        }

        return new Scale(start, bytes);
    }

    /// <summary>The cell in which an address lies.</summary>
    public int CellOf(ulong address) => address <= Start ? 0 : (int)((address - Start + BytesPerCell - 1) / BytesPerCell);

    /// <summary>Number of cells between two addresses.</summary>
    public int Cells(ulong from, ulong to) => Math.Max(0, CellOf(to) - CellOf(from));

    /// <summary>In words, for a caption.</summary>
    public override string ToString() => $"1 cell = {Words.Of((long)BytesPerCell, "byte")}";
}
