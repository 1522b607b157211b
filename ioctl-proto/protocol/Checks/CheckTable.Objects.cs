using KernelSim.Protocol.Messages;

namespace KernelSim.Protocol.Checks;

// 4xxx: protocol handlers and the map store. 42xx are about objects, handles and pins.
public static partial class CheckTable
{
    /// <summary>Object info: the request.</summary>
    public static readonly EbpfCheck ObjectInfoRequest = new(
        4200,
        "object.info.request",
        "The length in the header must cover the fixed part of the request.",
        $"header.length >= {GetObjectInfoRequest.TailOffset}",
        EbpfResult.ArithmeticOverflow,
        $"Set header.length to {GetObjectInfoRequest.TailOffset}, or more to ask for the info and not just for the type.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>Object info: room.</summary>
    public static readonly EbpfCheck ObjectInfoRoom = new(
        4201,
        "object.info.room",
        "There must be room for at least one byte of the info.",
        $"output length - {GetObjectInfoReply.TailOffset} > 0 (expected is the whole structure)",
        EbpfResult.InsufficientBuffer,
        "Leave room for struct bpf_map_info, 96 bytes; less room gets as much as fits.")
    {
        Relation = CheckRelation.AtLeast,
        Accepts = "at least 1 ({0} for the whole structure)",
    };

    /// <summary>Close handle.</summary>
    public static readonly EbpfCheck CloseHandleOpen = new(
        4210,
        "handle.close.open",
        "The handle to close must be open in the calling process.",
        "given is the handle; it must be in the process's handle table",
        EbpfResult.InvalidObject,
        "Close a handle only once.")
    {
        Relation = CheckRelation.InWords,
        Numbers = CheckNumbers.Hexadecimal,
    };

    /// <summary>Pin: the path's length.</summary>
    public static readonly EbpfCheck PinPathLength = new(
        4220,
        "pin.path.length",
        $"A pin path must have 1 to {EbpfLimits.PinPathLength - 1} bytes.",
        $"1 <= header.length - {UpdatePinningRequest.TailOffset} <= {EbpfLimits.PinPathLength - 1}",
        EbpfResult.InvalidArgument,
        "Shorten the path.")
    {
        Relation = CheckRelation.Range,
    };

    /// <summary>Pin: the path's bytes.</summary>
    public static readonly EbpfCheck PinPathBytes = new(
        4221,
        "pin.path.bytes",
        "A pin path must not contain a zero byte.",
        "given is the offset of the first zero byte",
        EbpfResult.InvalidArgument,
        "Send the path without its terminator.")
    {
        Numbers = CheckNumbers.Place,
    };

    /// <summary>Get pinned object: the path.</summary>
    public static readonly EbpfCheck PinnedPathLength = new(
        4222,
        "pin.get.path_length",
        "A path must be given.",
        "header.length - 8 > 0",
        EbpfResult.InvalidArgument,
        "Send the path that the object was pinned at.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>Next pinned path: the request.</summary>
    public static readonly EbpfCheck PinnedPathRequest = new(
        4223,
        "pin.next_path.request",
        "The length in the header must cover the fixed part of the request.",
        "header.length >= offset of start_path",
        EbpfResult.ArithmeticOverflow,
        "Set header.length to the offset of start_path plus the length of the path.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>Next pinned path: room.</summary>
    public static readonly EbpfCheck PinnedPathRoom = new(
        4224,
        "pin.next_path.room",
        "The path found must fit the reply.",
        "output length - offset of next_path >= length of the path",
        EbpfResult.InsufficientBuffer,
        "Leave room for 255 bytes.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>Pinned map info: room.</summary>
    public static readonly EbpfCheck PinnedMapInfoRoom = new(
        4225,
        "pin.map_info.room",
        "The records of all pinned maps must fit the reply.",
        $"output length - {GetPinnedMapInfoReply.TailOffset} >= sum of ({SerializedMapInfo.TailOffset} + path length)",
        EbpfResult.InsufficientBuffer,
        "Ask again with the length that the reply's header gives.")
    {
        Relation = CheckRelation.AtLeast,
    };
}
