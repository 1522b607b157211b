namespace KernelSim.Bytecode;

/// <summary>What a program has of the stack.</summary>
internal static class StackLimits
{
    /// <summary>The bytes of a frame.</summary>
    public const int FrameSize = 512;

    /// <summary>The frames that a program may use, its own included.</summary>
    public const int MaxFrames = 8;
}
