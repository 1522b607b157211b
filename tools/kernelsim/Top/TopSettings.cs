namespace KernelSim.Tool.Top;

/// <summary>What <c>top</c> was asked for.</summary>
/// <param name="Server">The server.</param>
/// <param name="Interval">Time between frames.</param>
/// <param name="Frames">How many frames; null: until it is ended.</param>
internal sealed record TopSettings(string Server, TimeSpan Interval, int? Frames);
