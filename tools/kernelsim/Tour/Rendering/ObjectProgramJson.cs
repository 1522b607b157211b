using System.Text.Json;
using KernelSim.Tool.Bpf.Objects;
using KernelSim.Tool.Tour.Facts;

namespace KernelSim.Tool.Tour.Rendering;

/// <summary>The member <c>program</c> of the tour's document: what the program in C is, and how it got into the kernel.</summary>
internal sealed class ObjectProgramJson(Utf8JsonWriter json)
{
    /// <summary>Writes the member.</summary>
    public void Write(ObjectProgramFacts facts)
    {
        json.WriteStartObject("program");
        json.WriteString("source", facts.Source);
        json.WriteNumber("object_bytes", facts.ObjectBytes);
        json.WriteString("section", facts.Program.Section);
        json.WriteString("name", facts.Program.Name);
        json.WriteNumber("instructions", facts.Program.Instructions.Length);
        json.WriteStartArray("requests");
        foreach ((TraceAnalysis.RequestView call, TraceAnalysis.IoctlView request) in facts.Steps)
        {
            json.WriteStartObject();
            json.WriteNumber("request_id", call.Id);
            json.WriteString("function", call.Start?.Function);
            json.WriteString("operation", request.Start.Operation);
            json.WriteNumber("input_length", request.Start.InputLength);
            json.WriteString("status", request.Stop?.Status);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("excerpt");
        LinkedText text = new(facts.File, facts.Program);
        foreach (int at in facts.Excerpt)
        {
            json.WriteStartObject();
            json.WriteNumber("instruction", at);
            json.WriteString("text", text.Of(at));
            if (facts.Program.LineOf(at) is { Line: > 0 } line)
            {
                json.WriteNumber("line", line.Line);
                json.WriteString("source", line.Text.Trim());
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
