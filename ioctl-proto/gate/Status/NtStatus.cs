using System.Globalization;

namespace KernelSim.Protocol;

/// <summary>The kernel's status code, NTSTATUS: two bits of severity, a facility and a number.</summary>
/// <param name="Value">The 32 bits, as in ntstatus.h.</param>
public readonly partial record struct NtStatus(uint Value)
{
    private const string HexPrefix = "0x";

    /// <summary>True for success and informational severities: <c>NT_SUCCESS</c>.</summary>
    public bool IsSuccess => (int)Value >= 0;

    /// <summary>True for warning severity. A METHOD_BUFFERED reply is still copied back: only errors suppress that.</summary>
    public bool IsWarning => Value >> 30 == 2;

    /// <summary>True for error severity: <c>NT_ERROR</c>.</summary>
    public bool IsError => Value >> 30 == 3;

    /// <summary>The name in ntstatus.h, or the number in hex if KernelSim has no name for it.</summary>
    public string Name => s_names.TryGetValue(Value, out string? name)
        ? name
        : HexPrefix + Value.ToString("X8", CultureInfo.InvariantCulture);

    /// <summary>Parses a <see cref="Name"/>: the name in ntstatus.h, or the number in hex after <c>0x</c>.</summary>
    public static bool TryParse(string name, out NtStatus status)
    {
        bool known = ByName.Values.TryGetValue(name, out uint value)
            || (name.StartsWith(HexPrefix, StringComparison.Ordinal)
                && uint.TryParse(name.AsSpan(HexPrefix.Length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value));
        status = new NtStatus(value);
        return known;
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
