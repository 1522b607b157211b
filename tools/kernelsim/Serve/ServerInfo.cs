using System.Text.Json;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode;

namespace KernelSim.Tool.Serve;

/// <summary>A server's description of itself.</summary>
/// <param name="Name">Name of the server.</param>
/// <param name="Socket">Path of its socket.</param>
/// <param name="ProcessId">Its process id on the host.</param>
/// <param name="Settings">The settings of its machine.</param>
internal sealed record ServerInfo(string Name, string Socket, int ProcessId, MachineSettings Settings)
{
    /// <summary>The names of the user's own drivers on the machine.</summary>
    public IReadOnlyList<string> Drivers { get; init; } = [];

    /// <summary>Writes the fields of an object.</summary>
    public void WriteFields(Utf8JsonWriter json)
    {
        json.WriteString("name", Name);
        json.WriteString("socket", Socket);
        json.WriteNumber("pid", ProcessId);
        json.WriteNumber("cpus", Settings.Cpus);
        json.WriteString("heap", Settings.Heap == HeapMode.Guarded ? "guarded" : "packed");
        json.WriteNumber("seed", Settings.Seed);
        json.WriteString("library", LibraryVersionNames.NameOf(Settings.Library));
        if (Drivers.Count > 0)
        {
            json.WriteStartArray("drivers");
            foreach (string driver in Drivers)
            {
                json.WriteStringValue(driver);
            }

            json.WriteEndArray();
        }
    }
}
