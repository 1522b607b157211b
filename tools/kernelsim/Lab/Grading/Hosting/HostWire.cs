using System.Text.Json;
using System.Text.Json.Serialization;

namespace KernelSim.Tool.Lab.Grading.Hosting;

/// <summary>What goes between the judge and a host process: a line of JSON each.</summary>
internal static class HostWire
{
    /// <summary>How records are written.</summary>
    public static JsonSerializerOptions Format { get; } = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };
}

/// <summary>A job to do.</summary>
/// <param name="Job">Name of its row in <see cref="HostJobTable"/>.</param>
/// <param name="Input">What it is given.</param>
internal sealed record HostRequest(string Job, JsonElement Input);

/// <summary>What came of a job.</summary>
/// <param name="Token">What the judge gave the process when it started: other writers do not know it.</param>
/// <param name="Facts">The facts; null if the job failed.</param>
/// <param name="Problem">Why it failed; null if it did not.</param>
internal sealed record HostAnswer(string Token, JsonElement? Facts, string? Problem);
