using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode.Marshalling;

namespace KernelSim.UserMode.Calls;

/// <summary>Checks of a map's definition, and of arguments by it, that calls share.</summary>
internal static class MapChecks
{
    /// <summary>Whether an update's flags are one of the three options.</summary>
    public static bool RequireUpdateFlags(this ApiCall call, ulong flags) =>
        call.Require(
            flags <= (ulong)EbpfMapOption.Exist,
            CheckTable.ApiUpdateFlags,
            "flags",
            unchecked((long)flags),
            (long)EbpfMapOption.Exist);

    /// <summary>Whether a key is passed exactly if the map has keys.</summary>
    public static bool RequireKeyPresence(this ApiCall call, ulong key, MapShape shape) =>
        call.Require(
            (key == 0) == (shape.KeySize == 0), CheckTable.ApiKeyPresence, "keys", key == 0 ? 0 : 1, shape.KeySize == 0 ? 0 : 1);

    /// <summary>Whether the size of a whole value fits 32 bits.</summary>
    public static bool RequireLayout(this ApiCall call, MapShape shape) =>
        call.Require(
            shape.HasLayout,
            CheckTable.ApiValueOverflow,
            "bytes of a value",
            shape.SlotsTotal,
            uint.MaxValue);

    /// <summary>Whether a map has the rings that a call is about.</summary>
    public static bool RequireRingType(this ApiCall call, bool passed, BpfMapType given, BpfMapType expected) =>
        call.Require(
            passed,
            CheckTable.ApiRingMapType,
            "map type",
            (long)given,
            (long)expected);

    /// <summary>Whether a whole value fits one reply.</summary>
    public static bool RequireValueFits(this ApiCall call, MapShape shape) =>
        call.Require(
            shape.Layout.Total <= EbpfDevice.MaxMessageBytes - MapFindElementReply.TailOffset,
            CheckTable.ApiValueFits,
            "bytes of a value",
            shape.Layout.Total,
            EbpfDevice.MaxMessageBytes - MapFindElementReply.TailOffset);
}
