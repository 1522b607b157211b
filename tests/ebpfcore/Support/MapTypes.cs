using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Tests.Support;

/// <summary>Map types for theories, by the columns of their rows: a new type joins the tests of its kind.</summary>
internal static class MapTypes
{
    /// <summary>The types with values of bytes that allow any size of key and value but zero.</summary>
    public static TheoryData<BpfMapType> Built => Where(IsOfAnySize);

    public static TheoryData<BpfMapType> Hashes => Where(t => IsOfAnySize(t) && !t.IsArray);

    public static TheoryData<BpfMapType> Lru => Where(t => t.KeepsKeyHistory);

    /// <summary>The types that have values but no keys.</summary>
    public static TheoryData<BpfMapType> Circular => Where(t => t.IsKeyless && t.Supports(MapOperation.HelperPush));

    public static TheoryData<BpfMapType> Arrays => Where(t => t.KeysAlwaysExist);

    public static TheoryData<BpfMapType> PerCpu => Where(t => t.HasPerCpuValues);

    public static bool IsArray(BpfMapType type) => MapTypeTable.Find(type)!.KeysAlwaysExist;

    private static bool IsOfAnySize(MapTypeTraits type) =>
        type is { IsCreatable: true, IsCustom: false } && type.Key == SizeRange.NotZero && type.Value == SizeRange.NotZero;

    private static TheoryData<BpfMapType> Where(Func<MapTypeTraits, bool> isOne) =>
        [.. MapTypeTable.All.ToArray().Where(isOne).Select(t => t.Type)];
}
