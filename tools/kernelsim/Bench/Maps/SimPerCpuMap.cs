using KernelSim.UserMode;

namespace KernelSim.Tool.Bench.Maps;

/// <summary>A per-CPU hash map of the simulated machine, with values of u64.</summary>
/// <param name="data">What it is filled with.</param>
/// <param name="process">Whose it is.</param>
/// <param name="ownsProcess">Whether the process ends with the map.</param>
/// <param name="create">Creates it, or opens one that another process has created.</param>
internal sealed class SimPerCpuMap(
    ElementData data, SimProcess process, bool ownsProcess, Func<BpfSession, PerCpuHashMap<uint, ulong>> create)
    : SimMap<PerCpuHashMap<uint, ulong>>(data, process, ownsProcess, create)
{
    /// <inheritdoc/>
    public override void Update(int first, int count) =>
        Map.UpdateBatch(Data.Keys.AsSpan(first, count), Data.Values.AsSpan(first * Data.Slots, count * Data.Slots));

    /// <inheritdoc/>
    public override void Lookup()
    {
        Cursor.Reset();
        Expect(Count, Map.LookupBatch(Cursor, Data.KeyRoom, Data.ValueRoom).Count, "lookup batch");
    }

    /// <inheritdoc/>
    public override void LookupAndDelete() =>
        Expect(Count, Map.LookupAndDeleteBatch(Data.KeyRoom, Data.ValueRoom).Count, "lookup and delete batch");

    /// <inheritdoc/>
    public override void LookupEach(int first, int count)
    {
        PerCpuValue<ulong> value = Map.NewValue();
        int found = 0;
        foreach (uint key in Data.Keys.AsSpan(first, count))
        {
            found += Map.TryGet(key, value) ? 1 : 0;
        }

        Expect(count, found, "lookup");
    }

    /// <inheritdoc/>
    public override void UpdateEach(int first, int count)
    {
        PerCpuValue<ulong> value = Map.NewValue();
        int found = 0;
        foreach (uint key in Data.Keys.AsSpan(first, count))
        {
            found += Map.TryReplace(key, value) ? 1 : 0;
        }

        Expect(count, found, "update");
    }
}
