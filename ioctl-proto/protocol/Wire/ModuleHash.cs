using System.Runtime.CompilerServices;

namespace KernelSim.Protocol.Messages;

/// <summary>A SHA-256 hash of a native module's file, 32 bytes in place.</summary>
[InlineArray(ByteCount)]
public struct ModuleHash
{
    /// <summary>Size of a hash in bytes.</summary>
    public const int ByteCount = 32;

    private byte _element;
}
