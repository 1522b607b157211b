using KernelSim.UserMode;

namespace KernelSim.Tool.Bench.Maps;

/// <summary>A hash map, with or without LRU lists, of the simulated machine.</summary>
/// <typeparam name="TValue">A value.</typeparam>
/// <param name="data">What it is filled with.</param>
/// <param name="process">Whose it is; ends with the map.</param>
/// <param name="create">Creates it.</param>
internal sealed class SimValueMap<TValue>(ElementData data, SimProcess process, Func<BpfSession, HashMap<uint, TValue>> create)
    : SimMap<HashMap<uint, TValue>>(data, process, ownsProcess: true, create)
    where TValue : unmanaged
{
    /// <inheritdoc/>
    public override void Update(int first, int count) =>
        Map.UpdateBatch(Data.Keys.AsSpan(first, count), As<TValue>(Data.Values).Slice(first, count));

    /// <inheritdoc/>
    public override void Lookup()
    {
        Cursor.Reset();
        Expect(Count, Map.LookupBatch(Cursor, Data.KeyRoom, As<TValue>(Data.ValueRoom)).Count, "lookup batch");
    }

    /// <inheritdoc/>
    public override void LookupAndDelete() =>
        Expect(Count, Map.LookupAndDeleteBatch(Data.KeyRoom, As<TValue>(Data.ValueRoom)).Count, "lookup and delete batch");

    /// <inheritdoc/>
    public override void LookupEach(int first, int count)
    {
        int found = 0;
        foreach (uint key in Data.Keys.AsSpan(first, count))
        {
            found += Map.TryGet(key, out _) ? 1 : 0;
        }

        Expect(count, found, "lookup");
    }

    /// <inheritdoc/>
    public override void UpdateEach(int first, int count)
    {
        TValue value = default;
        int found = 0;
        foreach (uint key in Data.Keys.AsSpan(first, count))
        {
            found += Map.TryReplace(key, value) ? 1 : 0;
        }

        Expect(count, found, "update");
    }
}
