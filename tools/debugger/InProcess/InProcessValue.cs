using System.Globalization;
using System.Reflection;

namespace KernelSim.Debugger.InProcess;

/// <summary>Values as reflection returns them.</summary>
internal static unsafe class InProcessValue
{
    /// <summary>A number, a bool, a char, an enum or a pointer in 64 bits; null for anything else.</summary>
    public static long? ToInteger(object? value) => value switch
    {
        Pointer pointer => unchecked((long)(ulong)Pointer.Unbox(pointer)),
        nint number => number,
        nuint number => (long)number,
        ulong number => unchecked((long)number),
        Enum when Enum.GetUnderlyingType(value.GetType()) == typeof(ulong) => unchecked((long)Convert.ToUInt64(value, CultureInfo.InvariantCulture)),
        char letter => letter,
        Enum or bool or byte or sbyte or short or ushort or int or uint or long => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        _ => null,
    };
}
