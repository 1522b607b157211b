namespace KernelSim.Tool.Tour.Facts;

/// <summary>The outcome of a call of the tour, judged by its effects and not by its return value.</summary>
internal enum CallEnding
{
    /// <summary>It did what was intended.</summary>
    Right,

    /// <summary>It returned 0 but something is wrong.</summary>
    SilentlyWrong,

    /// <summary>It returned an error and did not touch the caller's buffers.</summary>
    Refused,

    /// <summary>It ended the process.</summary>
    Crashed,
}
