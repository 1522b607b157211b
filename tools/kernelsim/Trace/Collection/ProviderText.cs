using System.Diagnostics.Tracing;
using System.Globalization;
using KernelSim.TraceAnalysis;
using KernelSim.TraceAnalysis.Sessions;
using KernelSim.Tracing;

namespace KernelSim.Tool.Trace.Collection;

/// <summary>Parses a provider: <c>NAME[:KEYWORDS[:LEVEL]]</c>, as for dotnet-trace, with KernelSim's keywords by name.</summary>
internal static class ProviderText
{
    /// <summary>Parses one provider; null if it is invalid.</summary>
    public static ProviderRequest? Parse(string text)
    {
        string[] parts = text.Split(':');
        if (parts is not [{ Length: > 0 }, ..] or { Length: > 3 })
        {
            return null;
        }

        string? own = ProviderNames.Find(parts[0]);
        long? keywords = parts.Length > 1 && parts[1].Length > 0 ? Keywords(parts[1])
            : own is null ? -1
            : (long)KernelEventSource.AllButInstructions;
        EventLevel? level = parts.Length > 2 ? Level(parts[2]) : EventLevel.Verbose;
        return keywords is { } bits && level is { } named ? new ProviderRequest(own ?? parts[0], named, bits) : null;
    }

    private static long? Keywords(string text)
    {
        string digits = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? text[2..] : text;
        if (ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong bits))
        {
            return unchecked((long)bits);
        }

        long all = 0;
        foreach (string name in text.Split('+'))
        {
            if (typeof(KernelEventSource.Keywords).GetFields()
                .FirstOrDefault(f => f.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } field)
            {
                return null;
            }

            all |= (long)field.GetRawConstantValue()!;
        }

        return all;
    }

    private static EventLevel? Level(string text) =>
        Enum.TryParse(text, ignoreCase: true, out EventLevel level) && Enum.IsDefined(level) ? level : null;
}
