using System.Text.Json;

namespace KernelSim.Tool.Script.Diff;

/// <summary>Whether two results of one line say the same to a program.</summary>
internal static class ComparedResult
{
    // What only one of the two systems says of a failure: a program sees the errno.
    private static readonly HashSet<string> s_explanations = ["check", "given", "expected", "result"];

    /// <summary>
    /// Whether they are the same but for what explains a failure, for the numbers of descriptors, and for the order of a batch's elements, which
    /// neither system promises.
    /// </summary>
    /// <param name="x">A result, as JSON.</param>
    /// <param name="y">The other.</param>
    /// <param name="areDescriptors">Whether the call returns a descriptor.</param>
    public static bool AreSame(string x, string y, bool areDescriptors)
    {
        using JsonDocument left = JsonDocument.Parse(x);
        using JsonDocument right = JsonDocument.Parse(y);
        return Fields(left, areDescriptors).SequenceEqual(Fields(right, areDescriptors)) && Elements(left).SequenceEqual(Elements(right));
    }

    private static IEnumerable<string> Fields(JsonDocument result, bool areDescriptors) => result.RootElement.EnumerateObject()
        .Where(f => !s_explanations.Contains(f.Name) && f.Name is not ("keys" or "values"))
        .Select(f => areDescriptors && f.Name == "ret" && f.Value.GetInt64() >= 0 ? "descriptor" : $"{f.Name}:{f.Value.GetRawText()}");

    private static IEnumerable<string> Elements(JsonDocument result)
    {
        JsonElement fields = result.RootElement;
        if (!fields.TryGetProperty("count", out JsonElement number)
            || number.GetInt64() is not (> 0 and var count)
            || !fields.TryGetProperty("keys", out JsonElement keys)
            || !fields.TryGetProperty("values", out JsonElement values))
        {
            return [];
        }

        return Parts(keys.GetString()!, count).Zip(Parts(values.GetString()!, count), (k, v) => $"{k}:{v}").Order(StringComparer.Ordinal);
    }

    private static IEnumerable<string> Parts(string hex, long count)
    {
        int length = (int)(hex.Length / count);
        return Enumerable.Range(0, (int)count).Select(i => hex.Substring(i * length, length));
    }
}
