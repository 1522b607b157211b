using System.Globalization;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Tracing;

namespace KernelSim.UserMode;

/// <summary>The typed API's checks of a caller's spans before it calls the library.</summary>
internal static class SpanChecks
{
    /// <summary>There must be a value for each key, and in a per-CPU map for each key and CPU.</summary>
    public static void RequireValues(BpfMap map, int keys, int values, int slots)
    {
        long expected = (long)keys * slots;
        if (values < expected)
        {
            string formula = slots == 1 ? "keys.Length" : string.Create(CultureInfo.InvariantCulture, $"keys.Length {keys} x {slots} CPUs");
            throw Refuse(map, CheckTable.TypedValuesLength, values, expected, "values", formula);
        }
    }

    /// <summary>There must be a value for each CPU.</summary>
    public static void RequireSlots(BpfMap map, int slots)
    {
        if (slots != map.ValueLayout.SlotCount)
        {
            throw Refuse(map, CheckTable.TypedCpuCount, slots, map.ValueLayout.SlotCount, "slots", "possible CPUs");
        }
    }

    private static BpfException Refuse(BpfMap map, Check check, long given, long expected, string what, string formula)
    {
        KernelSimMeter.Refused(check.Id);
        return new BpfException(new Refusal(
            check,
            given,
            expected,
            check.Result,
            $"{map.Shape.Subject}: {what} {check.Describe(given, expected)} ({formula}) [{check}] -> {ResultConversions.NameOf(check.Errno)}"));
    }
}
