using System.Text.Json;
using KernelSim.Debugger.Structures;

namespace KernelSim.Playground.State;

/// <summary>The open handles of all processes.</summary>
internal static class HandleJson
{
    /// <summary>Handles that are written.</summary>
    private const int MostHandles = 256;

    /// <summary>Writes the property <c>handles</c>.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="machine">The machine to look at, between two calls.</param>
    /// <param name="descriptors">The program's descriptors.</param>
    /// <param name="more">Gets how many handles were left out.</param>
    public static void Write(Utf8JsonWriter json, MachineView machine, DescriptorNames descriptors, Dictionary<string, long> more)
    {
        int count = 0;
        json.WriteStartArray("handles");
        foreach (ProcessView process in machine.Processes)
        {
            foreach ((ulong handle, ObjectView target) in process.Handles)
            {
                if (count++ < MostHandles)
                {
                    Write(json, process.Id, handle, target, descriptors.Of(process.Id, handle));
                }
            }
        }

        json.WriteEndArray();
        if (count > MostHandles)
        {
            more["handles"] = count - MostHandles;
        }
    }

    private static void Write(Utf8JsonWriter json, uint process, ulong handle, ObjectView target, int? descriptor)
    {
        EbpfObjectView? ebpf = EbpfObjectView.From(target.FsContext);
        json.WriteStartObject();
        json.WriteNumber("process", process);
        json.WriteString("handle", $"0x{handle:x}");
        json.WriteString("type", ebpf?.Type.ToString().ToLowerInvariant() ?? target.TypeName);
        if (ebpf is not null)
        {
            json.WriteNumber("object_id", ebpf.Id);
        }
        else if (target.Device is { } device)
        {
            json.WriteString("device", device.Name);
        }

        if (descriptor is { } fd)
        {
            json.WriteNumber("fd", fd);
        }

        json.WriteEndObject();
    }
}
