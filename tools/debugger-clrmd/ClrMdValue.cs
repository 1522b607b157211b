using System.Globalization;
using KernelSim.Debugger.Targets;
using Microsoft.Diagnostics.Runtime;

namespace KernelSim.Debugger.ClrMd;

/// <summary>Values at addresses of the target.</summary>
internal static class ClrMdValue
{
    private const int LongestString = 64 * 1024;

    /// <summary>A number, bool, char, enum or pointer in 64 bits; null for another kind of value.</summary>
    public static long? ReadInteger(ClrMdTarget target, ulong address, ClrElementType kind, int size)
    {
        if (kind is ClrElementType.Float or ClrElementType.Double or ClrElementType.Struct || IsReference(kind) || size is not (1 or 2 or 4 or 8))
        {
            return null;
        }

        Span<byte> bytes = stackalloc byte[sizeof(long)];
        bytes.Clear();
        target.Read(address, bytes[..size]);
        long value = BitConverter.ToInt64(bytes);
        return kind switch
        {
            ClrElementType.Int8 => (sbyte)value,
            ClrElementType.Int16 => (short)value,
            ClrElementType.Int32 => (int)value,
            _ => value,
        };
    }

    /// <summary>The string at an address; null for 0.</summary>
    public static string? ReadString(ClrMdTarget target, ulong address) => address == 0 ? null
        : target.TypeOf(address).IsString ? ClrMdReading.Try(() => target.Heap.GetObject(address).AsString(LongestString))
        : throw new TargetReadException($"the object at 0x{address:x} is not a string");

    /// <summary>The method that the delegate at an address calls; null if that cannot be told.</summary>
    public static string? ReadMethod(ClrMdTarget target, ulong address) => ClrMdReading.Try(() =>
        target.Heap.GetObject(address) is { IsDelegate: true } routine && routine.AsDelegate().GetDelegateTarget()?.Method is { } method
            ? FieldText.MethodName(method.Type.Name ?? "", method.Name ?? "?")
            : null);

    /// <summary>The value of a field as text.</summary>
    public static string Describe(ClrMdTarget target, ulong address, ClrElementType kind, ClrType? type, int size)
    {
        if (IsReference(kind))
        {
            ulong held = target.ReadPointer(address);
            return held == 0 ? "null"
                : target.TypeOf(held) is { IsString: true } ? FieldText.Quote(ReadString(target, held)!)
                : $"0x{held:x} {target.TypeOf(held).Name}";
        }

        return ReadInteger(target, address, kind, size) switch
        {
            null => $"0x{address:x} {type?.Name}",
            { } pointer when kind is ClrElementType.Pointer or ClrElementType.FunctionPointer => $"0x{pointer:x}",
            { } flag when kind == ClrElementType.Boolean => flag != 0 ? "True" : "False",
            { } unsigned when kind is ClrElementType.UInt64 or ClrElementType.NativeUInt => ((ulong)unsigned).ToString(CultureInfo.InvariantCulture),
            { } number => number.ToString(CultureInfo.InvariantCulture),
        };
    }

    private static bool IsReference(ClrElementType kind) => kind
        is ClrElementType.Class or ClrElementType.Object or ClrElementType.String or ClrElementType.SZArray or ClrElementType.Array;
}
