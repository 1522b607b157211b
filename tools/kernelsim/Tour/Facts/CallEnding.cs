namespace KernelSim.Tool.Tour.Facts;

/// <summary>How a call of the tour ended, judged by what came of it and not by what it returned.</summary>
internal enum CallEnding
{
    /// <summary>It did what was asked.</summary>
    Right,

    /// <summary>It returned 0 and something is wrong nevertheless.</summary>
    SilentlyWrong,

    /// <summary>It returned an error and touched nothing of the caller's.</summary>
    Refused,

    /// <summary>It ended the process.</summary>
    Crashed,
}
