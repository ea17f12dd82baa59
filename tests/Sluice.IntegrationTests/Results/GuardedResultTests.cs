using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Sluice.AspNetCore;
using Sluice.AspNetCore.Endpoints;
using Sluice.AspNetCore.Results;
using Sluice.Failures;

namespace Sluice.IntegrationTests.Results;

/// <summary>What throws after an endpoint has answered is a problem, or a broken connection, and never a bare 500.</summary>
public sealed class GuardedResultTests : IAsyncDisposable
{
    private readonly ServiceProvider _services =
        new ServiceCollection().AddLogging().AddSluice(new ConfigurationBuilder().Build()).BuildServiceProvider();
    private readonly MemoryStream _body = new();
    private readonly Lifetime _lifetime = new();
    private readonly DefaultHttpContext _context = new();

    public GuardedResultTests()
    {
        _context.RequestServices = _services;
        _context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(_body));
        _context.Features.Set<IHttpRequestLifetimeFeature>(_lifetime);
    }

    [Fact]
    public async Task An_answer_that_throws_is_a_problem_without_the_fields_that_were_set_by_then()
    {
        await RunAsync(static context =>
        {
            context.Response.StatusCode = 204;
            context.Response.Headers.ETag = "\"1\"";
            throw new InvalidOperationException("Invalid non-ASCII or control character in header: 0x00E9");
        });

        Assert.Equal(
            (500, "application/problem+json", ""),
            (_context.Response.StatusCode, _context.Response.ContentType, _context.Response.Headers.ETag.ToString()));
        Assert.Equal(FailureTable.Of(FailureKind.Internal).Type, JsonElement.Parse(_body.ToArray()).GetProperty("type").GetString());
        Assert.False(_lifetime.RequestAborted.IsCancellationRequested);
    }

    [Fact]
    public async Task An_answer_that_throws_when_a_part_of_it_is_out_breaks_the_connection()
    {
        _context.Features.Set<IHttpResponseFeature>(new Started());

        await RunAsync(static _ => throw new InvalidOperationException("too late"));

        Assert.True(_lifetime.RequestAborted.IsCancellationRequested);
        Assert.Empty(_body.ToArray());
    }

    [Fact]
    public async Task Nobody_is_told_who_has_left()
    {
        _lifetime.Abort();

        await RunAsync(static _ => throw new OperationCanceledException());

        Assert.Empty(_body.ToArray());
    }

    [Theory]
    [InlineData("text/plain", true)]
    [InlineData("a\tb c", true)]
    [InlineData("", true)]
    [InlineData("résumé", false)]
    [InlineData("a\r\nb", false)]
    [InlineData("a\0", false)]
    [InlineData("a\u007f", false)]
    [InlineData(" a", false)]
    [InlineData("a ", false)]
    public void A_value_that_can_not_be_one_is_left_out(string value, bool isSet)
    {
        _context.Response.Headers.SetIfAny("X-Stored", value);

        Assert.Equal(isSet, _context.Response.Headers.ContainsKey("X-Stored"));
    }

    public async ValueTask DisposeAsync()
    {
        _lifetime.Dispose();
        await _services.DisposeAsync();
        await _body.DisposeAsync();
    }

    private async Task RunAsync(Func<HttpContext, Task> answer)
    {
        var guarded = await _services.GetRequiredService<EndpointGuard>().RunAsync(
            _context.Request, (_, _) => Task.FromResult<IResult>(new Answer(answer)));
        await guarded.ExecuteAsync(_context);
    }

    private sealed class Answer(Func<HttpContext, Task> answer) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => answer(httpContext);
    }

    private sealed class Started : HttpResponseFeature
    {
        public override bool HasStarted => true;
    }

    private sealed class Lifetime : IHttpRequestLifetimeFeature, IDisposable
    {
        private readonly CancellationTokenSource _aborted = new();

        public CancellationToken RequestAborted { get => _aborted.Token; set => throw new NotSupportedException(); }

        public void Abort() => _aborted.Cancel();

        public void Dispose() => _aborted.Dispose();
    }
}
