using System.Text.Json;

namespace KernelSim.Protocol.Tests;

/// <summary>The facts that the protocol is held against: what <c>tests/reference</c> says of the real one.</summary>
internal static class Reference
{
    public static JsonElement Protocol { get; } = Json("protocol.json");

    public static JsonElement Results { get; } = Json("results.json");

    public static IEnumerable<JsonElement> Structs => Protocol.GetProperty("structs").EnumerateArray();

    public static IEnumerable<JsonElement> ApiStructs => Protocol.GetProperty("api_structs").GetProperty("items").EnumerateArray();

    public static IEnumerable<JsonElement> Operations => Protocol.GetProperty("operations").EnumerateArray();

    public static IEnumerable<JsonElement> ResultRows => Results.GetProperty("results").EnumerateArray();

    public static IEnumerable<JsonElement> ValidatorCases
    {
        get
        {
            using var reader = new StreamReader(Open("validator-cases.jsonl"));
            while (reader.ReadLine() is { } line)
            {
                yield return JsonDocument.Parse(line).RootElement;
            }
        }
    }

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    public static int Int(this JsonElement element, string name) => element.GetProperty(name).GetInt32();

    public static bool Bool(this JsonElement element, string name) => element.GetProperty(name).GetBoolean();

    public static string? TextOrNull(this JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    /// <summary>.NET casing of a C name: <c>find_and_delete</c> is <c>FindAndDelete</c>.</summary>
    public static string Pascal(string cName) =>
        string.Concat(cName.Split('_', StringSplitOptions.RemoveEmptyEntries).Select(w => char.ToUpperInvariant(w[0]) + w[1..].ToLowerInvariant()));

    private static JsonElement Json(string name)
    {
        using Stream stream = Open(name);
        return JsonDocument.Parse(stream).RootElement;
    }

    private static Stream Open(string name) =>
        typeof(Reference).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not embedded.");
}
