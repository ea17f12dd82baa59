using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Sluice.AspNetCore.Results;

/// <summary>Writes a small JSON body with its length.</summary>
internal static class JsonResponse
{
    public static Task WriteAsync<T>(HttpResponse response, T value, JsonTypeInfo<T> type, string mediaType = "application/json") =>
        SmallContent.WriteAsync(response, [.. JsonSerializer.SerializeToUtf8Bytes(value, type), (byte)'\n'], mediaType);
}
