using System.Globalization;

namespace KernelSim.TraceAnalysis.NetTrace;

/// <summary>A trace is damaged. Does not leave this assembly: <see cref="TraceReader"/> reports it as data or as an
/// <see cref="InvalidDataException"/>.</summary>
internal sealed class TraceDamageException : Exception
{
    private TraceDamageException(string message)
        : base(message)
    {
    }

    /// <summary>A field has a value that it cannot have.</summary>
    /// <param name="offset">The field's first byte in the file.</param>
    /// <param name="field">What the field is.</param>
    /// <param name="given">Its value.</param>
    /// <param name="expected">What it can be.</param>
    public static TraceDamageException Of(long offset, string field, object given, string expected) =>
        new(string.Create(CultureInfo.InvariantCulture, $"byte {offset}: {VisibleText.Escape(field)}: {given} given, expected {expected}"));
}
