using Microsoft.Net.Http.Headers;
using Sluice.AspNetCore.Requests;

namespace Sluice.Tests.Requests;

/// <summary>A file name that a stranger wrote is read or is none, and nothing is thrown.</summary>
public sealed class DispositionFileNameTests
{
    [Theory]
    [InlineData("attachment; filename*=UTF-8''%e2%82%ac.txt", "\u20AC.txt")]
    [InlineData("attachment; filename*=iso-8859-1'en'%e9.txt", "\u00E9.txt")]
    [InlineData("attachment; filename*=UTF-7''a.txt", null)]
    [InlineData("attachment; filename*=nobody''a.txt", null)]
    [InlineData("attachment; filename*", null)]
    [InlineData("form-data; name=a; filename*; filename=\"b.txt\"", null)]
    [InlineData("form-data; name=a; filename*=", null)]
    [InlineData("form-data; name=a; filename*=nonsense", null)]
    [InlineData("form-data; name=a; filename=\"b.txt\"", null)]
    public void An_extended_name_is_decoded_or_is_none(string field, string? name) =>
        Assert.Equal(
            name, ContentDispositionHeaderValue.TryParse(field, out var disposition)
                ? DispositionFileName.Extended(disposition).Value
                : "no field");
}
