using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KernelSim.Debugger.InProcess;
using KernelSim.Debugger.Targets;
using KernelSim.EbpfCore;
using KernelSim.Nt;
using KernelSim.Protocol;
using KernelSim.Protocol.Messages;

namespace KernelSim.Debugger.Memory;

/// <summary>The structures that the simulator keeps in native memory or sends as messages: read as the very types that it uses.</summary>
internal static class NativeStructures
{
    private const BindingFlags Fields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private const int MostShown = 6;

    private static readonly Type[] s_types =
    [
        .. new[] { typeof(Machine), typeof(EbpfCoreDriver), typeof(OperationHeader), typeof(NtStatus) }
            .Select(t => t.Assembly).Distinct().SelectMany(a => a.GetTypes()),
    ];

    private static readonly Type[] s_structures = [.. s_types.Where(IsNative)];

    /// <summary>The structure of a name, with or without its namespace, whatever the case; null if there is none.</summary>
    public static Type? Find(string name) => s_structures.FirstOrDefault(t => HasName(t, name));

    /// <summary>The full names of the types of a name.</summary>
    public static IEnumerable<string> NamesOf(string name) => s_types.Where(t => HasName(t, name)).Select(t => t.FullName!);

    /// <summary>Some structures whose names contain a text, or some of all.</summary>
    public static string Nearest(string text)
    {
        string[] names = [.. s_structures.Select(t => t.Name).Order(StringComparer.Ordinal)];
        string[] near = [.. names.Where(n => n.Contains(text, StringComparison.OrdinalIgnoreCase))];
        return string.Join(", ", (near.Length > 0 ? near : names).Take(MostShown)) + " and others";
    }

    /// <summary>Size of a structure in bytes.</summary>
    public static int SizeOf(Type structure) =>
        (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(structure).Invoke(null, null)!;

    /// <summary>The fields of a structure.</summary>
    /// <param name="structure">Its type.</param>
    /// <param name="bytes">Its bytes.</param>
    public static IReadOnlyList<TargetField> Read(Type structure, ReadOnlySpan<byte> bytes)
    {
        object boxed = RuntimeHelpers.GetUninitializedObject(structure);
        bytes.CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.As<StrongBox<byte>>(boxed).Value, bytes.Length));
        return [.. structure.GetFields(Fields).Select(f => new TargetField(
            OffsetOf(structure, f), FieldText.NameOf(f.Name), f.FieldType.Name, TextOf(f.GetValue(boxed))))];
    }

    private static bool HasName(Type type, string name) =>
        type.Name.Equals(name, StringComparison.OrdinalIgnoreCase) || string.Equals(type.FullName, name, StringComparison.OrdinalIgnoreCase);

    private static bool IsNative(Type type) =>
        type is { IsValueType: true, IsEnum: false, IsPrimitive: false, ContainsGenericParameters: false, IsByRefLike: false }
        && type.GetFields(Fields) is { Length: > 0 } fields
        && fields.All(f => f.FieldType.IsPrimitive || f.FieldType.IsEnum || f.FieldType.IsPointer || f.FieldType == typeof(Guid)
            || (f.FieldType.IsValueType && f.FieldType != type && IsNative(f.FieldType)));

    private static int? OffsetOf(Type structure, FieldInfo field)
    {
        try
        {
            return (int)Marshal.OffsetOf(structure, field.Name);
        }
        catch (ArgumentException)
        {
            // It is not laid out for native code.
            return null;
        }
    }

    private static string TextOf(object? value) => value switch
    {
        null => "",
        Pointer => $"0x{InProcessValue.ToInteger(value):x}",
        nint or nuint or ulong => $"{value} (0x{InProcessValue.ToInteger(value):x})",
        _ => value.ToString() ?? "",
    };
}
