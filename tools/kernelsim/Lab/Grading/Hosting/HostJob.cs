using System.Text.Json;

namespace KernelSim.Tool.Lab.Grading.Hosting;

/// <summary>A job by the types of what goes in and what comes out.</summary>
/// <typeparam name="TInput">What it is given.</typeparam>
/// <typeparam name="TFacts">What it found: facts, never a judgement.</typeparam>
internal abstract class HostJob<TInput, TFacts> : IHostJob
{
    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public virtual bool RunsForeignCode => false;

    /// <summary>Whether its process may do another job of its kind. A job with code of the student's must have left nothing that runs.</summary>
    /// <param name="facts">What it found.</param>
    public virtual bool MayGoOn(TFacts facts) => !RunsForeignCode;

    /// <inheritdoc/>
    public string Run(JsonElement input) => JsonSerializer.Serialize(Run(input.Deserialize<TInput>(HostWire.Format)!), HostWire.Format);

    /// <summary>Does it, in the host process.</summary>
    protected abstract TFacts Run(TInput input);
}
