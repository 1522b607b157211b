namespace KernelSim.Tool.Tour.Facts;

/// <summary>What the program of the tour is written in.</summary>
internal enum TourProgram
{
    /// <summary>A C# delegate, which the driver runs.</summary>
    CSharp,

    /// <summary>An object file made of C, which the application loads and attaches.</summary>
    C,
}
