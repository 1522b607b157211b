using System.Text.Json;

namespace KernelSim.Tool.Lab.Grading.Hosting;

/// <summary>Something that a host process does: one file, and one row of <see cref="HostJobTable"/>.</summary>
internal interface IHostJob
{
    /// <summary>Its name between the processes.</summary>
    string Name { get; }

    /// <summary>
    /// Whether code that the student wrote runs in the process: then each job has a process of its own, and the judge is elsewhere.
    /// </summary>
    bool RunsForeignCode { get; }

    /// <summary>Does it, in the host process.</summary>
    /// <param name="input">What <see cref="HostPool.Run"/> was given.</param>
    /// <returns>The facts, as JSON.</returns>
    string Run(JsonElement input);
}
