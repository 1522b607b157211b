using System.Globalization;

namespace KernelSim.Protocol;

/// <summary>What <c>GetLastError</c> returns after a failed call: a Win32 error code.</summary>
/// <param name="Value">The number, as in winerror.h.</param>
public readonly partial record struct Win32Error(uint Value)
{
    /// <summary>The name in winerror.h, or the number if KernelSim has no name for it.</summary>
    public string Name => s_names.TryGetValue(Value, out string? name) ? name : Value.ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
