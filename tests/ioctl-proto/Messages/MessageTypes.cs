using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KernelSim.Protocol.Messages;

namespace KernelSim.Protocol.Tests;

/// <summary>The types that stand for C structures, found by what they say of themselves.</summary>
internal static class MessageTypes
{
    public static IReadOnlyDictionary<string, Type> ByUpstreamName { get; } = typeof(OperationHeader).Assembly.GetTypes()
        .Where(t => t.GetCustomAttribute<UpstreamStructAttribute>() is not null)
        .ToDictionary(t => t.GetCustomAttribute<UpstreamStructAttribute>()!.Name);

    public static int SizeOf(Type type) => (int)Generic(nameof(SizeOfCore), type).Invoke(null, null)!;

    public static int OffsetOf(Type type, FieldInfo field) => (int)Generic(nameof(OffsetOfCore), type, field.FieldType).Invoke(null, [field])!;

    public static FieldInfo[] FieldsOf(Type type) => type.GetFields(BindingFlags.Public | BindingFlags.Instance);

    public static int? TailOffsetOf(Type type) => (int?)type.GetField("TailOffset")?.GetRawConstantValue();

    private static MethodInfo Generic(string name, params Type[] arguments) =>
        typeof(MessageTypes).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(arguments);

    private static int SizeOfCore<T>()
        where T : unmanaged => Unsafe.SizeOf<T>();

    /// <summary>Measures where a field really lies: marks its bytes and looks for them in the structure's.</summary>
    private static int OffsetOfCore<T, TField>(FieldInfo field)
        where T : unmanaged
        where TField : unmanaged
    {
        TField marked = default;
        MemoryMarshal.AsBytes(new Span<TField>(ref marked)).Fill(0xFF);
        object boxed = default(T);
        field.SetValue(boxed, marked);
        var value = (T)boxed;
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(new ReadOnlySpan<T>(ref value));
        int start = bytes.IndexOf((byte)0xFF);
        Assert.Equal(start + Unsafe.SizeOf<TField>(), bytes.LastIndexOf((byte)0xFF) + 1);
        return start;
    }
}
