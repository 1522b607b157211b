using System.Runtime.InteropServices;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// One pinned map in the tail of operation 18's reply: a definition and a path. Records follow each other without alignment, each
/// <see cref="TailOffset"/> plus <see cref="PinPathLength"/> bytes long.
/// </summary>
[UpstreamStruct("map_info_record", 28, Tail = "pin_path")]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = TailOffset)]
public struct SerializedMapInfo
{
    /// <summary>Offset of the path, which is not terminated.</summary>
    public const int TailOffset = 26;

    /// <summary>
    /// Bytes that must be left for a reader to accept a record, C's <c>sizeof</c>: so a last record with a path of fewer
    /// than two bytes is refused.
    /// </summary>
    public const int MinimumBytesLeft = 28;

    /// <summary>The map's definition.</summary>
    [FieldOffset(0)]
    public EbpfMapDefinition Definition;

    /// <summary>Length of the path in bytes.</summary>
    [FieldOffset(24)]
    public ushort PinPathLength;
}
